/** The card that an editor begins with, and what it goes back to. */
import type { DetectorCard } from '../../domain/card.ts';
import type { PreviewModel } from '../../engine/preview.ts';
import { awaitedCard, isAlike } from '../store/inputs.ts';
import type { Bringing } from '../store/labStore.ts';
import { isSameCard, nameOf } from './cardForm.ts';
import { recall } from './remembered.ts';

export interface StartingCard {
  readonly card: DetectorCard;
  /** What its files say, without a person. */
  readonly proposal: DetectorCard;
  /** Where `card` comes from. */
  readonly from: 'proposal' | 'remembered' | 'run' | 'report';
}

/** A recognised card has no name of its own: the model's folder gives it one, else its kind. */
function proposalOf({ card, origin }: PreviewModel, folder: string): DetectorCard {
  if (origin === 'file') return card;
  const label = /\.json$/i.test(folder) ? card.label.replace(' (recognised)', '') : folder;
  return { ...card, label, name: nameOf(label) };
}

export function startingCard({ card: ofRun, label, files }: Bringing, model: PreviewModel): StartingCard {
  const proposal = proposalOf(model, label);
  const ofReport = files ? awaitedCard(model.file) : undefined;
  const candidates: readonly [StartingCard['from'], DetectorCard | null | undefined][] = [
    ['run', ofRun],
    ['report', ofReport && isAlike(ofReport, proposal) ? ofReport : null],
    ['remembered', recall(model.fingerprint)],
  ];
  for (const [from, card] of candidates) {
    if (card && !isSameCard(card, proposal)) return { card, proposal, from };
  }
  return { card: proposal, proposal, from: 'proposal' };
}
