/** The card of a detector that comes with the lab, read from its file when somebody looks. */
import { useEffect, useState } from 'react';
import { detectorCard, type DetectorCard } from '../../domain/card.ts';
import type { RegisteredDetector } from '../../detectors/registry.ts';

async function fetchCard(modelUrl: string): Promise<DetectorCard | null> {
  const response = await fetch(new URL('card.json', new URL(modelUrl, document.baseURI)));
  return response.ok ? (detectorCard.safeParse(await response.json()).data ?? null) : null;
}

/** @returns null until it is there; choosing the detector does not depend on it */
export function useCard({ card, url }: RegisteredDetector): DetectorCard | null {
  const [fetched, setFetched] = useState<DetectorCard | null>(null);
  const isKnown = card !== null;
  useEffect(() => {
    if (isKnown) return;
    let isWanted = true;
    fetchCard(url).then(
      (found) => isWanted && setFetched(found),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isKnown, url]);
  return card ?? fetched;
}
