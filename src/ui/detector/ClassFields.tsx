/** What its classes are called, and from which score on it is believed: no graph says either. */
import { namesFromFile } from '../../detectors/classNames.ts';
import { attempt } from '../actions/exports.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { SliderTrack } from '../controls/SliderTrack.tsx';
import { count, fixed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { FilePicker } from '../source/FilePicker.tsx';
import { RANGES } from '../store/defaults.ts';
import { namesIn, type CardForm } from './cardForm.ts';
import { Field } from './Field.tsx';

interface Props {
  readonly form: CardForm;
  readonly onChange: (patch: Partial<CardForm>) => void;
}

/** Lines of the text that are seen at once. */
const ROWS = 6;

export function ClassFields({ form, onChange }: Props) {
  const { classes, names, threshold } = form;
  const given = namesIn(names).length;
  return (
    <section className="card-section card-classes" aria-label="Classes and name">
      <h3>What it tells apart</h3>
      <Field label={<Term name="threshold">Threshold</Term>}>
        <SliderTrack
          label="Threshold"
          value={threshold}
          range={RANGES.share}
          valueText={fixed(threshold, 2)}
          onChange={(value) => onChange({ threshold: value })}
        />
        <NumberField
          label="Threshold, typed"
          testId="card-threshold"
          value={threshold}
          range={RANGES.share}
          onChange={(value) => onChange({ threshold: value })}
        />
      </Field>
      <div className="card-names">
        <label htmlFor="card-names" className="card-label">
          {classes === 1 ? 'Name of its one class' : `Names of the ${classes} classes`}
        </label>
        <textarea
          id="card-names"
          data-testid="card-names"
          rows={ROWS}
          spellCheck={false}
          placeholder={'class 0\nclass 1\n…'}
          aria-describedby="card-names-hint"
          value={names}
          onChange={(event) => onChange({ names: event.target.value })}
        />
        <p id="card-names-hint" className={given > classes ? 'hint warn' : 'hint'}>
          {hintOf(given, classes)}
        </p>
        <FilePicker
          accept=".txt,.names,.json,.yaml,.yml"
          testId="card-names-file"
          onFiles={([file]) => {
            if (file) void attempt(async () => onChange({ names: (await namesOf(file)).join('\n') }));
          }}
        >
          Read names from a file
        </FilePicker>
      </div>
    </section>
  );
}

function hintOf(given: number, classes: number): string {
  if (given === 0)
    return 'One a line, in the order of their numbers. A graph does not hold them: paste them.';
  if (given > classes) return `${count(given, 'line')} for ${classes} classes: too many.`;
  if (given < classes) return `${given} of ${classes} named; the rest are numbered.`;
  return classes === 1 ? 'It is named.' : `All ${classes} are named.`;
}

async function namesOf(file: File): Promise<readonly string[]> {
  const names = namesFromFile(file.name, await file.text(), true);
  if (names) return names;
  throw new Error(
    `${file.name} holds no names of classes. Choose a text with one name a line, or the metadata.yaml of the export.`,
  );
}
