/** In the detector's menu: what clips and the webcam use by themselves, and what was fetched for it. */
import { useEffect, useState } from 'react';
import { keptDetectors, removeKept, type KeptDetector } from '../../detectors/cache.ts';
import { byteCount } from '../format.ts';
import { setConsent } from '../store/consent.ts';
import { FOOTAGE_DETECTOR } from '../store/footage.ts';
import { useLab, type Consent } from '../store/labStore.ts';

function sentenceOf(consent: Consent): string {
  switch (consent) {
    case 'granted':
      return `They use ${FOOTAGE_DETECTOR.label} by themselves.`;
    case 'refused':
      return 'They stay with the detector of the street.';
    case null:
      return `The lab asks before it fetches ${FOOTAGE_DETECTOR.label} for them.`;
  }
}

export function FootageChoice() {
  const consent = useLab((state) => state.footage.consent);
  return (
    <>
      <h3>Clips and the webcam</h3>
      <p className="row row-apart">
        <span className="hint">{sentenceOf(consent)}</span>
        {consent !== null && (
          <button
            type="button"
            className="button"
            data-testid="consent-forget"
            onClick={() => setConsent(null)}
          >
            Ask me again
          </button>
        )}
      </p>
      <Kept />
    </>
  );
}

/** Detectors from elsewhere that this browser keeps, and a way to be rid of them. */
function Kept() {
  const [kept, setKept] = useState<readonly KeptDetector[]>([]);
  const [isRemoved, setRemoved] = useState(false);
  useEffect(() => {
    let isMounted = true;
    const show = (found: readonly KeptDetector[]): void => {
      if (isMounted) setKept(found);
    };
    // A browser that forbids the Cache keeps nothing.
    keptDetectors().then(show, () => show([]));
    return () => {
      isMounted = false;
    };
  }, [isRemoved]);
  if (kept.length === 0) return isRemoved ? <p className="hint">Nothing fetched is kept any more.</p> : null;
  const names = kept.map(({ label, bytes }) => `${label}, ${byteCount(bytes)}`).join('; ');
  return (
    <p className="row row-apart">
      <span className="hint">Kept in this browser: {names}.</span>
      <button
        type="button"
        className="button"
        data-testid="kept-remove"
        aria-label="Remove the kept detectors"
        onClick={() => void removeKept().then(() => setRemoved(true))}
      >
        Remove
      </button>
    </p>
  );
}
