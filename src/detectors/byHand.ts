/** Where a person starts who describes a model that was not recognised. */
import type { DetectorCard } from '../domain/card.ts';
import type { ModelForm } from './modelForm.ts';
import { imageSides } from './recognise/evidence.ts';

/** Side of the picture where the model takes any. */
const DEFAULT_SIDE = 320;

/** A card whose input is what the model says of its own, and whose head is to be filled in. */
export function cardByHand(form: ModelForm): DetectorCard {
  const layout = form.inputs[0]?.shape[1] === 3 ? 'NCHW' : 'NHWC';
  const sides = imageSides(form, layout) ?? { width: DEFAULT_SIDE, height: DEFAULT_SIDE };
  const [first = '', second = first] = form.outputs.map(({ name }) => name);
  return {
    name: 'my-detector',
    label: 'My detector',
    description: 'Described by hand.',
    licence: 'as brought',
    input: { ...sides, layout, channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
    head: {
      kind: 'boxes',
      scores: [second],
      boxes: [first],
      layout: 'cellsFirst',
      firstClass: first === second ? 4 : 0,
      objectness: null,
      logits: false,
      firstBox: 0,
      coding: 'cxcywh',
      unit: 'pixel',
    },
    labels: ['class 0'],
    threshold: 0.5,
  };
}
