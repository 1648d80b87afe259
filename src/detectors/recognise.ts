/**
 * Proposes a card for a model that was brought along without one. **To add a kind of detector**: a function from
 * evidence to a proposal beside the others in recognise/, and its name below.
 */
import type { DetectorCard } from '../domain/card.ts';
import { recogniseBoxes } from './recognise/boxes.ts';
import type { Evidence, Proposal } from './recognise/evidence.ts';
import {
  recogniseBlazeFace,
  recogniseCentreNet,
  recogniseGrid,
  recogniseNanoDet,
} from './recognise/families.ts';

const KINDS: readonly ((evidence: Evidence) => Proposal | undefined | Promise<Proposal | undefined>)[] = [
  recogniseCentreNet,
  recogniseNanoDet,
  recogniseBlazeFace,
  recogniseGrid,
  recogniseBoxes,
];

export interface Recognised {
  readonly card: DetectorCard;
  /** Why this kind, and what was assumed; each the part of a sentence. */
  readonly reasons: readonly string[];
}

/**
 * @returns a card whose description says why
 * @throws Error saying what was looked for, when nothing is recognised
 */
export async function recogniseCard(evidence: Evidence): Promise<Recognised> {
  for (const recognise of KINDS) {
    const proposal = await recognise(evidence);
    if (proposal) return recognised(proposal);
  }
  const { form, runnable } = evidence;
  const found = form.outputs
    .map(({ name, shape }) => (shape.length > 0 ? `${name} [${shape.join(', ')}]` : name))
    .join('; ');
  throw new Error(
    'This model is not a detector that the lab knows. It looked for a CenterNet (nodes …/keypoints and …/wh), a ' +
      'NanoDet (per stride one output [1, cells, classes] and one [1, cells, 4·bins]), a BlazeFace, one grid output ' +
      '[1, height/8, width/8, classes + 4], and boxes and scores of cells as YOLO and SSD have them' +
      `${runnable ? '' : ' (in a graph with one picture as input)'}, but the model has ${found || 'no described outputs'}. ` +
      'Put a card.json beside the model that says how its outputs are to be read.',
  );
}

function recognised({ kind, reasons, ...rest }: Proposal): Recognised {
  const card = {
    name: kind.toLowerCase().replaceAll(' ', '-'),
    label: `${kind} (recognised)`,
    description: `Recognised: ${reasons.join('; ')}.`,
    licence: 'as brought',
    ...rest,
  };
  return { card, reasons };
}
