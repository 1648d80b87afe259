/** **To add a head**: describe it in domain/card.ts, write it here beside the others, name it in this switch. */
import type { DetectorCard } from '../../domain/card.ts';
import type { ModelForm } from '../modelForm.ts';
import { boxesHead } from './boxes.ts';
import { centernetHead } from './centernet.ts';
import { dflHead } from './dfl.ts';
import { assertFits } from './fit.ts';
import { gflHead } from './gfl.ts';
import { gridHead } from './grid.ts';
import type { Head } from './head.ts';

export type { Head } from './head.ts';

/**
 * The head that a card describes, for a model of this form.
 * @param exit where a network of several exits stops; undefined: at its end
 * @throws Error where they do not go together
 */
export function headOf(card: DetectorCard, form: ModelForm, exit?: number): Head {
  assertFits(card, form);
  switch (card.head.kind) {
    case 'grid':
      return gridHead(card, card.head, exit);
    case 'centernet':
      return centernetHead(card, card.head);
    case 'gfl':
      return gflHead(card, card.head, form);
    case 'boxes':
      return boxesHead(card, card.head, form);
    case 'dfl':
      return dflHead(card, card.head, form);
    default:
      return card.head satisfies never;
  }
}
