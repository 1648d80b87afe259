/** What the model was taken for, and on which evidence. */
import type { PreviewModel } from '../../engine/preview.ts';
import { Field, TextField } from './Field.tsx';
import type { StartingCard } from './startingCard.ts';

interface Props {
  readonly model: PreviewModel;
  readonly from: StartingCard['from'];
  readonly label: string;
  readonly onForget: () => void;
  readonly onRename: (label: string) => void;
}

const NOTES: Readonly<Record<Exclude<StartingCard['from'], 'proposal'>, string>> = {
  remembered: 'You have corrected this model’s card before. It is shown as you left it.',
  run: 'This is the card that it runs with.',
  report: 'This is the card of the report or experiment that you opened.',
};

export function Origin({ model, from, label, onForget, onRename }: Props) {
  return (
    <section className="card-section card-origin" aria-label="What it is taken for" data-testid="card-origin">
      {from !== 'proposal' && (
        <p className="card-note" data-testid={`card-${from}`}>
          <span>{NOTES[from]}</span>
          {from === 'remembered' && (
            <button type="button" className="button" data-testid="card-forget" onClick={onForget}>
              Forget it
            </button>
          )}
        </p>
      )}
      <Evidence model={model} />
      <Field label="Shown as">
        <TextField label="Name of the detector" testId="card-label" value={label} onChange={onRename} />
      </Field>
      {model.fallback !== null && <p className="hint">{model.fallback}</p>}
    </section>
  );
}

/** Exporters give nodes long paths, of which the end tells them apart. */
const shortened = (text: string): string =>
  text.replace(/[^\s/]+\/(?:[^\s/]+\/)+(?=[^\s/]+\/[^\s/]+)/g, '…/');

function Evidence({ model: { origin, card, reasons, refusal } }: { readonly model: PreviewModel }) {
  if (origin === 'file') {
    return (
      <p>
        <b>{card.label}</b>, as the card.json beside it says. {card.description}
      </p>
    );
  }
  if (refusal !== null) {
    return (
      <>
        <p>
          <b>It was not recognised.</b> If it is a detector, describe it here; else nothing is lost by
          leaving.
        </p>
        <p className="hint" data-testid="card-unknown">
          {refusal}
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        Recognised as <b>{card.label.replace(' (recognised)', '')}</b>:
      </p>
      <ul className="card-reasons">
        {reasons.map((reason) => (
          <li key={reason} title={reason}>
            {shortened(reason)}
          </li>
        ))}
      </ul>
    </>
  );
}
