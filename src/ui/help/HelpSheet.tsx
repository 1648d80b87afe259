/** How to read the page, its keys, and every term in one place. */
import { Dialog } from 'radix-ui';
import { ACTIONS } from '../actions/registry.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';
import { GLOSSARY, type Entry } from './glossary.ts';

const STEPS: readonly string[] = [
  'A camera sends video to a server, where a detector looks for road users. Three knobs decide how much the camera sends: resolution, quantizer, frame rate. Ten more (key frames, codec, colour, tiles, a frame filter, the server’s own) are folded below them: press Tune beside one to have it tuned too.',
  'Sending less costs accuracy, but not everywhere: one backward pass of the detector (DNNGrad) tells which pixels matter, and re-encoding one frame (InputGrad) tells which pixels a knob changes.',
  'Brought together they are each knob’s AccGrad: how accuracy would move with it. The knobs climb it.',
  'Drag a budget: its price is found anew every second, as low as keeps what is predicted within the budget, and pulls the knobs down. Watch the price, the orange bars, and the path in the plane.',
  'Press M for slow motion, which names each stage, or S to go one interval at a time.',
];

export function HelpSheet() {
  const open = useLab((state) => state.helpOpen);
  const keyed = ACTIONS.filter((action) => action.key !== undefined);
  return (
    <Dialog.Root open={open} onOpenChange={(helpOpen) => useLab.setState({ helpOpen })}>
      <Dialog.Portal>
        <Dialog.Overlay className="sheet-overlay" />
        <Dialog.Content className="sheet" data-testid="help-sheet" aria-describedby={undefined}>
          <header>
            <Dialog.Title>How to read this page</Dialog.Title>
            <Dialog.Close className="button icon-button" aria-label="Close the help">
              <Icon name="close" />
            </Dialog.Close>
          </header>
          <ol className="story">
            {STEPS.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <h3>Keys</h3>
          <dl className="keys">
            {keyed.map(({ id, key, label }) => (
              <div key={id}>
                <dt>
                  <kbd>{key === ' ' ? 'Space' : key?.toUpperCase()}</kbd>
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
          <h3>Terms</h3>
          <dl className="terms">
            {Object.entries<Entry>(GLOSSARY).map(([name, entry]) => (
              <div key={name}>
                <dt>{entry.title}</dt>
                <dd>
                  {entry.text}
                  {entry.formula !== undefined && <code>{entry.formula}</code>}
                </dd>
              </div>
            ))}
          </dl>
          <p className="hint">
            After OneAdapt (Du et al., SoCC 2023, arXiv 2310.02422). Hover or focus any underlined word for
            its meaning.
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
