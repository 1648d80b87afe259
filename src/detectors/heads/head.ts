/** What every detector head does: from a network's outputs to scores and boxes. */
import type * as tf from '@tensorflow/tfjs';
import type { RawBox } from '../nms.ts';

export interface Head {
  /** Elements of the score tensor: cells × classes. */
  readonly scoreCount: number;
  /** Names of the graph nodes that the scores need; undefined for a model with one output. */
  readonly scoreNodes: readonly string[] | undefined;
  /** The same for a whole detection. */
  readonly detectNodes: readonly string[] | undefined;
  /**
   * Scores in [0, 1], [cells, classes], differentiable.
   * @param outputs of the `scoreNodes`, in their order
   */
  scores(outputs: readonly tf.Tensor[]): tf.Tensor2D;
  /**
   * All that decoding needs in one tensor, so that a frame costs one read-back.
   * @param outputs of the `detectNodes`, in their order
   */
  pack(outputs: readonly tf.Tensor[]): tf.Tensor;
  /**
   * Boxes with a score above `minimum`, in fractions of the frame and clipped to it, before suppression.
   * @param packed values of {@link pack}
   */
  decode(packed: Float32Array, minimum: number): RawBox[];
}

/** A box by its sides in input pixels, as fractions of the frame, clipped to it. */
export function boxOfSides(
  sides: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  input: { readonly width: number; readonly height: number },
): { x: number; y: number; width: number; height: number } {
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const x = clip(sides.left / input.width);
  const y = clip(sides.top / input.height);
  return {
    x,
    y,
    width: clip(sides.right / input.width) - x,
    height: clip(sides.bottom / input.height) - y,
  };
}

/**
 * A box by how far its sides lie from the centre of a cell.
 * @param side distance of the left, top, right and bottom side, input pixels
 */
export function boxAroundCell(
  cell: number,
  { columns, stride }: { readonly columns: number; readonly stride: number },
  side: (i: number) => number,
  input: { readonly width: number; readonly height: number },
): ReturnType<typeof boxOfSides> {
  const x = ((cell % columns) + 0.5) * stride;
  const y = (Math.floor(cell / columns) + 0.5) * stride;
  return boxOfSides({ left: x - side(0), top: y - side(1), right: x + side(2), bottom: y + side(3) }, input);
}

/** The i-th output. @throws Error when the model gave fewer outputs than its head needs */
export function outputAt(outputs: readonly tf.Tensor[], i: number): tf.Tensor {
  const output = outputs[i];
  if (!output) throw new Error(`The model gave ${outputs.length} outputs where its head needs more.`);
  return output;
}
