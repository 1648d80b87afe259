/** Proposes a card for a model that was brought along without one. */
import type { DetectorCard } from './card.ts';
import type { ModelForm } from './modelForm.ts';
import { CENTERNET_COCO, NANODET_COCO } from './registry.ts';

/** @throws Error saying what was looked for, when nothing is recognised */
export function recogniseCard(form: ModelForm): DetectorCard {
  const card = recogniseCentreNet(form) ?? recogniseNanoDet(form) ?? recogniseGrid(form);
  if (card) return card;
  const found = form.outputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ');
  throw new Error(
    'This model is not a detector that the lab knows. It looked for a CenterNet (nodes …/keypoints and …/wh), a ' +
      'NanoDet (per stride one output [1, cells, classes] and one [1, cells, 4·bins]) and one grid output ' +
      `[1, height/8, width/8, classes + 4], but the model has ${found || 'no described outputs'}. ` +
      'Put a card.json beside the model that says how its outputs are to be read.',
  );
}

/** Height and width of the model's one image input, where it says them. */
function imageSides(form: ModelForm, layout: 'NHWC' | 'NCHW'): { width: number; height: number } | undefined {
  const shape = form.inputs[0]?.shape;
  if (form.inputs.length !== 1 || shape?.length !== 4) return undefined;
  const [height = -1, width = -1, channels] =
    layout === 'NHWC' ? [shape[1], shape[2], shape[3]] : [shape[2], shape[3], shape[1]];
  return channels === 3 && height > 0 && width > 0 ? { width, height } : undefined;
}

const labelsFor = (count: number, known: readonly string[]): string[] =>
  count === known.length ? [...known] : Array.from({ length: count }, (_, i) => `class ${i}`);

function recogniseCentreNet(form: ModelForm): DetectorCard | undefined {
  const sides = imageSides(form, 'NHWC');
  const named = (end: string): string | undefined => [...form.nodes].find((node) => node.endsWith(end));
  const heat = named('/keypoints');
  const size = named('/wh');
  if (!sides || heat === undefined || size === undefined) return undefined;
  const classes = form.outputs.find(({ name }) => name.startsWith(heat))?.shape.at(-1) ?? 0;
  if (classes < 1) return undefined;
  return {
    ...CENTERNET_COCO,
    name: 'centernet',
    label: 'CenterNet (recognised)',
    description: 'Recognised by its nodes …/keypoints and …/wh.',
    licence: 'as brought',
    input: { ...CENTERNET_COCO.input, ...sides },
    head: { kind: 'centernet', heat, size },
    labels: labelsFor(classes, CENTERNET_COCO.labels),
  };
}

function recogniseNanoDet(form: ModelForm): DetectorCard | undefined {
  const sides = imageSides(form, 'NCHW');
  if (!sides || NANODET_COCO.head.kind !== 'gfl') return undefined;
  const { strides, bins } = NANODET_COCO.head;
  const cells = strides.map((s) => Math.ceil(sides.width / s) * Math.ceil(sides.height / s));
  const widths = cells.map((count) =>
    form.outputs.filter(({ shape }) => shape.length === 3 && shape[1] === count).map(({ shape }) => shape[2]),
  );
  const classes = widths[0]?.find((width) => width !== 4 * bins) ?? 0;
  const complete = widths.every((of) => of.length === 2 && of.includes(4 * bins) && of.includes(classes));
  if (!complete || classes < 1) return undefined;
  return {
    ...NANODET_COCO,
    name: 'nanodet',
    label: 'NanoDet (recognised)',
    description: 'Recognised by its outputs for strides 8, 16 and 32; normalised as upstream does.',
    licence: 'as brought',
    input: { ...NANODET_COCO.input, ...sides },
    labels: labelsFor(classes, NANODET_COCO.labels),
  };
}

function recogniseGrid(form: ModelForm): DetectorCard | undefined {
  const sides = imageSides(form, 'NHWC');
  const shape = form.outputs[0]?.shape;
  if (!sides || form.outputs.length !== 1 || shape?.length !== 4) return undefined;
  const [, rows = 0, columns = 0, channels = 0] = shape;
  const stride = sides.height / rows;
  if (channels < 5 || !Number.isInteger(stride) || sides.width / columns !== stride) return undefined;
  return {
    name: 'grid',
    label: 'Grid detector (recognised)',
    description:
      'Recognised by its one output; its classes have no names and RGB pixels are scaled to 0…1, for want of a card.json.',
    licence: 'as brought',
    input: { ...sides, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
    head: { kind: 'grid', stride },
    labels: labelsFor(channels - 4, []),
    threshold: 0.5,
  };
}
