/** Detectors that are known by the names and shapes of their outputs alone. */
import { nodeOf } from '../graph.ts';
import { CENTERNET_COCO, NANODET_COCO } from '../registry.ts';
import { imageSides, labelsFor, type Evidence, type Proposal } from './evidence.ts';

export function recogniseCentreNet({ form, names }: Evidence): Proposal | undefined {
  const sides = imageSides(form, 'NHWC');
  const named = (end: string): string | undefined => [...form.nodes].find((node) => node.endsWith(end));
  const heat = named('/keypoints');
  const size = named('/wh');
  if (!sides || heat === undefined || size === undefined) return undefined;
  const classes = form.outputs.find(({ name }) => name.startsWith(heat))?.shape.at(-1) ?? 0;
  if (classes < 1) return undefined;
  const { labels, reason } = labelsFor(classes, names);
  return {
    kind: 'CenterNet',
    reasons: ['by its nodes …/keypoints and …/wh', reason],
    input: { ...CENTERNET_COCO.input, ...sides },
    head: { kind: 'centernet', heat, size },
    labels,
    threshold: CENTERNET_COCO.threshold,
  };
}

export function recogniseNanoDet({ form, names }: Evidence): Proposal | undefined {
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
  const { labels, reason } = labelsFor(classes, names);
  return {
    kind: 'NanoDet',
    reasons: ['by its outputs for strides 8, 16 and 32', 'normalised as upstream does', reason],
    input: { ...NANODET_COCO.input, ...sides },
    head: NANODET_COCO.head,
    labels,
    threshold: NANODET_COCO.threshold,
  };
}

/** Our own detectors' form. */
export function recogniseGrid({ form, names }: Evidence): Proposal | undefined {
  const sides = imageSides(form, 'NHWC');
  const shape = form.outputs[0]?.shape;
  if (!sides || form.outputs.length !== 1 || shape?.length !== 4) return undefined;
  const [, rows = 0, columns = 0, channels = 0] = shape;
  const stride = sides.height / rows;
  if (channels < 5 || !Number.isInteger(stride) || sides.width / columns !== stride) return undefined;
  const { labels, reason } = labelsFor(channels - 4, names);
  return {
    kind: 'Grid detector',
    reasons: ['by its one output', 'RGB pixels are scaled to 0…1, for want of a card.json', reason],
    input: { ...sides, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
    head: { kind: 'grid', stride },
    labels,
    threshold: 0.5,
  };
}

const nodeNamed = (output: string | undefined): string | undefined => output && nodeOf(output);

/** Boxes of a cell at the two resolutions of MediaPipe's face detectors: face_detection_{short,back}*.pbtxt, SsdAnchors. */
const FACE_ANCHORS = [
  { cellsAlong: 16, perCell: 2 },
  { cellsAlong: 8, perCell: 6 },
] as const;

/** BlazeFace (Bazarevsky et al., 2019): logits [1, n, 1] and 16 numbers [1, n, 16], box first, for n = 512 and 384. */
export function recogniseBlazeFace({ form, names }: Evidence): Proposal | undefined {
  const sides = imageSides(form, 'NHWC');
  if (!sides) return undefined;
  const nodes = FACE_ANCHORS.map(({ cellsAlong, perCell }) => {
    const find = (width: number): string | undefined =>
      form.outputs.find(({ shape }) => shape[1] === cellsAlong ** 2 * perCell && shape[2] === width)?.name;
    return { scores: nodeNamed(find(1)), boxes: nodeNamed(find(16)) };
  });
  const scores = nodes.flatMap((of) => of.scores ?? []);
  const boxes = nodes.flatMap((of) => of.boxes ?? []);
  if (scores.length !== 2 || boxes.length !== 2) return undefined;
  return {
    kind: 'BlazeFace',
    reasons: ['by its outputs for 512 and 384 anchors', 'normalised to −1…1 as MediaPipe does'],
    input: {
      ...sides,
      layout: 'NHWC',
      channels: 'RGB',
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 127.5, 127.5],
    },
    head: {
      kind: 'boxes',
      scores,
      boxes,
      layout: 'cellsFirst',
      firstClass: 0,
      objectness: null,
      logits: true,
      firstBox: 0,
      coding: 'cxcywh',
      unit: 'pixel',
      anchors: FACE_ANCHORS.map(({ cellsAlong, perCell }) => ({ stride: sides.width / cellsAlong, perCell })),
    },
    labels: names?.length === 1 ? [...names] : ['face'],
    threshold: 0.5,
  };
}
