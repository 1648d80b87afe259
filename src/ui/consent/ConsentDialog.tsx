/** The question before the first clip or webcam: may a detector that knows real footage be fetched? */
import { Dialog } from 'radix-ui';
import { byteCount } from '../format.ts';
import { answer } from '../store/consent.ts';
import { FOOTAGE_DETECTOR } from '../store/footage.ts';
import { useLab } from '../store/labStore.ts';

export function ConsentDialog() {
  const open = useLab((state) => state.footage.asking);
  const { label, url, bytes, card } = FOOTAGE_DETECTOR;
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) answer(null);
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="sheet-overlay" />
        <Dialog.Content className="question" data-testid="consent">
          <Dialog.Title>Fetch a detector for real footage?</Dialog.Title>
          <Dialog.Description>
            The street detector knows the built-in street alone and misses most of what a clip or a webcam
            shows. {label} knows people, vehicles, animals and things of everyday life.
          </Dialog.Description>
          <dl className="facts">
            <dt>Size</dt>
            <dd>{byteCount(bytes ?? 0)}, fetched once and kept in this browser</dd>
            <dt>From</dt>
            <dd>{new URL(url).host}, a public address; your footage stays on this computer</dd>
            <dt>Licence</dt>
            <dd>{card?.licence}</dd>
          </dl>
          <div className="question-answers">
            <button
              type="button"
              className="button button-primary"
              data-testid="consent-fetch"
              onClick={() => answer('granted')}
            >
              Fetch and use it
            </button>
            <button
              type="button"
              className="button"
              data-testid="consent-stay"
              onClick={() => answer('refused')}
            >
              Stay with the street detector
            </button>
          </div>
          <p className="hint">
            The answer holds for later clips and webcams; the Detector menu takes it back. Closing this keeps
            the street detector for this time.
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
