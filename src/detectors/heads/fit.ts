/** Does a card go with a model? Asked before the first frame, so that a wrong card.json is named as such. */
import type { DetectorCard } from '../../domain/card.ts';
import type { ModelForm, TensorForm } from '../modelForm.ts';
import { inputShape } from '../pixels.ts';

const written = (shape: readonly number[]): string => `[${shape.map((s) => (s < 0 ? '?' : s)).join(', ')}]`;

/** Sizes left open (−1) go with any. */
const fits = (given: readonly number[], wanted: readonly number[]): boolean =>
  given.length === wanted.length && given.every((size, i) => size < 0 || size === wanted[i] || i === 0);

/** @throws Error naming the tensor that has another shape than the card says; tensors without a shape pass */
export function assertFits(card: DetectorCard, form: ModelForm): void {
  const compare = (what: string, tensor: TensorForm | undefined, wanted: readonly number[]): void => {
    if (!tensor || tensor.shape.length === 0 || fits(tensor.shape, wanted)) return;
    throw new Error(
      `The detector's card.json does not fit the model: by the card its ${what} is ${written(wanted)}, but the ` +
        `model's is ${written(tensor.shape)}. Correct the card's input size, stride or labels.`,
    );
  };
  if (form.inputs.length > 1) {
    throw new Error(
      `The model has ${form.inputs.length} inputs; a detector has one, the picture. Export it without the others.`,
    );
  }
  compare('input', form.inputs[0], inputShape(card.input));
  const { head, input, labels } = card;
  if (head.kind === 'grid') {
    const [rows, columns] = [Math.ceil(input.height / head.stride), Math.ceil(input.width / head.stride)];
    compare('output', form.outputs[0], [1, rows, columns, labels.length + 4]);
  }
  if (head.kind === 'centernet') {
    for (const node of [head.heat, head.size]) {
      if (form.nodes.has(node.split(':')[0] ?? node)) continue;
      throw new Error(
        `The detector's card.json does not fit the model: it has no node ${node}. Correct the card's head.`,
      );
    }
  }
}
