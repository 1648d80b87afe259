/** A model of one's own before it is used: what it is taken for, and what it then finds on the present source. */
import { Dialog } from 'radix-ui';
import { useStore } from 'zustand';
import { Icon } from '../controls/Icon.tsx';
import { useLab, type Bringing } from '../store/labStore.ts';
import { endBringing } from './bring.ts';
import { DETECTOR_BUTTON } from './button.ts';
import { CardEditor } from './CardEditor.tsx';

export function CardDialog() {
  const bringing = useLab((state) => state.bringing);
  return (
    <Dialog.Root open={bringing !== null} onOpenChange={(open) => open || endBringing()}>
      <Dialog.Portal>
        <Dialog.Overlay className="sheet-overlay" />
        <Dialog.Content
          className="card-dialog"
          data-testid="card-dialog"
          aria-describedby={undefined}
          // A drop or a click beside it must not throw away what was typed.
          onInteractOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(DETECTOR_BUTTON)?.focus();
          }}
        >
          <header className="card-head">
            <Dialog.Title>
              Your detector{bringing && <span className="card-model"> {bringing.label}</span>}
            </Dialog.Title>
            <Dialog.Close className="button icon-button" aria-label="Close without using it">
              <Icon name="close" />
            </Dialog.Close>
          </header>
          {bringing && <Body key={bringing.session.id} bringing={bringing} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Body({ bringing }: { readonly bringing: Bringing }) {
  const { state } = bringing.session;
  const model = useStore(state, (s) => s.model);
  const failure = useStore(state, (s) => s.failure);
  const progress = useStore(state, (s) => s.progress);
  if (failure !== null) {
    return (
      <div className="card-failure" role="alert" data-testid="card-failure">
        <Icon name="warning" />
        <p>{failure}</p>
        <p className="hint">Nothing else has changed: what ran goes on.</p>
        <button type="button" className="button" onClick={endBringing}>
          Close
        </button>
      </div>
    );
  }
  if (!model) {
    const label = progress?.label ?? 'Loading the model';
    const fraction = progress?.fraction ?? null;
    return (
      <div className="card-loading" data-testid="card-loading">
        <p role="status">{label}</p>
        <progress aria-label={label} {...(fraction === null ? {} : { value: fraction, max: 1 })} />
      </div>
    );
  }
  return <CardEditor bringing={bringing} model={model} />;
}
