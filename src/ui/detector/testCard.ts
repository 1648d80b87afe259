/** For tests: a card as the recogniser makes one. */
import type { DetectorCard } from '../../domain/card.ts';

export const CARD: DetectorCard = {
  name: 'yolo',
  label: 'Cars',
  description: 'Recognised: by its shape.',
  licence: 'as brought',
  input: { width: 320, height: 256, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
  head: { kind: 'dfl', nodes: ['a', 'b', 'c'], strides: [8, 16, 32], bins: 16 },
  labels: ['class 0', 'class 1', 'class 2'],
  threshold: 0.25,
};
