/** What the network takes: the picture's size, how it lies in memory, and how its pixels are scaled. */
import type { DetectorCard } from '../../domain/card.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Term } from '../help/Term.tsx';
import { Field } from './Field.tsx';
import { NORMALISATIONS, normalisationOf, normalised, withChannels } from './normalisation.ts';

type Input = DetectorCard['input'];

interface Props {
  readonly input: Input;
  readonly onChange: (input: Input) => void;
}

/** A browser holds no larger pictures beside a network. */
const SIDE = { min: 8, max: 4096 };
const FIGURE = { min: -1e6, max: 1e6 };
const COLOURS = ['red', 'green', 'blue'] as const;

export function InputFields({ input, onChange }: Props) {
  const { width, height, layout, channels } = input;
  const known = normalisationOf(input);
  return (
    <section className="card-section" aria-label="Input">
      <h3>Input</h3>
      <Field label="Picture" hint="pixels; frames are stretched to it">
        <NumberField
          label="Width of the input"
          testId="card-width"
          value={width}
          range={SIDE}
          whole
          digits={0}
          onChange={(value) => onChange({ ...input, width: value })}
        />
        ×
        <NumberField
          label="Height of the input"
          testId="card-height"
          value={height}
          range={SIDE}
          whole
          digits={0}
          onChange={(value) => onChange({ ...input, height: value })}
        />
      </Field>
      <Field label={<Term name="channelOrder">Colours</Term>}>
        <Choice
          label="Order of the colours"
          testId="card-channels"
          value={channels}
          options={[
            { value: 'RGB', label: 'RGB' },
            { value: 'BGR', label: 'BGR' },
          ]}
          onChange={(value) => onChange(withChannels(input, value === 'BGR' ? 'BGR' : 'RGB'))}
        />
        <Choice
          label="Layout"
          testId="card-layout"
          value={layout}
          options={[
            { value: 'NHWC', label: 'last (NHWC)' },
            { value: 'NCHW', label: 'first (NCHW)' },
          ]}
          onChange={(value) => onChange({ ...input, layout: value === 'NCHW' ? 'NCHW' : 'NHWC' })}
        />
      </Field>
      <Field label={<Term name="normalisation">Pixels scaled to</Term>}>
        <Choice
          label="Normalisation"
          testId="card-normalisation"
          value={known?.name ?? ''}
          options={[
            ...NORMALISATIONS.map(({ name, label }) => ({ value: name, label })),
            ...(known ? [] : [{ value: '', label: 'figures of its own' }]),
          ]}
          onChange={(value) => {
            const chosen = NORMALISATIONS.find(({ name }) => name === value);
            if (chosen) onChange(normalised(input, chosen));
          }}
        />
      </Field>
      <Figures input={input} onChange={onChange} />
    </section>
  );
}

/** (pixel − mean) / deviation, colour by colour. */
function Figures({ input, onChange }: Props) {
  const order = input.channels === 'RGB' ? COLOURS : COLOURS.toReversed();
  const rows = [
    { key: 'mean', label: 'minus' },
    { key: 'std', label: 'divided by' },
  ] as const;
  return rows.map(({ key, label }) => (
    <Field key={key} label={<span className="card-sub">{label}</span>}>
      {order.map((colour, i) => (
        <span key={colour} className="card-colour">
          <span className="hint">{colour.charAt(0).toUpperCase()}</span>
          <NumberField
            label={`${label}, ${colour}`}
            testId={`card-${key}-${colour}`}
            value={input[key][i] ?? 0}
            range={FIGURE}
            onChange={(value) => onChange({ ...input, [key]: input[key].with(i, value) })}
          />
        </span>
      ))}
    </Field>
  ));
}
