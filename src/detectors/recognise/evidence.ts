/** What a model without a card tells about itself. */
import type { DetectorCard } from '../../domain/card.ts';
import { COCO_LABELS } from '../cocoLabels.ts';
import type { Network } from '../detector.ts';
import type { Feed } from '../feed.ts';
import type { Graph } from '../graph.ts';
import type { ModelForm } from '../modelForm.ts';

export interface Evidence {
  readonly form: ModelForm;
  /** Names of the classes from a file beside the model; null: none. */
  readonly names: readonly string[] | null;
  /** Of a graph model that can be run on a picture at once; its network is fed at `feed.node`. */
  readonly runnable: Runnable | null;
}

export interface Runnable {
  readonly graph: Graph;
  readonly feed: Feed;
  readonly network: Network;
}

/** A card that was recognised, before it is named. */
export type Proposal = Pick<DetectorCard, 'input' | 'head' | 'labels' | 'threshold'> & {
  /** Kind of detector, as a person reads it. */
  readonly kind: string;
  /** Why this kind, and what was assumed. */
  readonly reasons: readonly string[];
};

/** Names for so many classes, and where they come from. */
export function labelsFor(
  count: number,
  names: readonly string[] | null,
): { readonly labels: string[]; readonly reason: string } {
  if (names?.length === count)
    return { labels: [...names], reason: 'names of classes from the file beside it' };
  if (count === COCO_LABELS.length)
    return { labels: [...COCO_LABELS], reason: '80 classes, so those of COCO' };
  return {
    labels: Array.from({ length: count }, (_, i) => `class ${i}`),
    reason: 'its classes have no names, for want of a card.json or metadata.yaml',
  };
}

/** Height and width of the model's one image input, where it says them. */
export function imageSides(
  form: ModelForm,
  layout: 'NHWC' | 'NCHW',
): { width: number; height: number } | undefined {
  const shape = form.inputs[0]?.shape;
  if (form.inputs.length !== 1 || shape?.length !== 4) return undefined;
  const [height = -1, width = -1, channels] =
    layout === 'NHWC' ? [shape[1], shape[2], shape[3]] : [shape[2], shape[3], shape[1]];
  return channels === 3 && height > 0 && width > 0 ? { width, height } : undefined;
}
