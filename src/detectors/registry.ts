/**
 * The detectors that the lab knows by name. **To add one**: write its card here and name it in DETECTORS. Models
 * from elsewhere are pinned to a commit, and fetched only when somebody picks them.
 */
import { COCO_LABELS } from './cocoLabels.ts';
import type { DetectorCard } from '../domain/card.ts';

export const CENTERNET_COCO: DetectorCard = {
  name: 'centernet-coco',
  label: 'CenterNet (80 classes)',
  description:
    'CenterNet on MobileNetV3, 512×512, COCO classes. 4.2 MB, fetched from vladmandic/human on GitHub.',
  licence: 'MIT (repository vladmandic/human); upstream 610265158/mobilenetv3_centernet: none found',
  input: {
    width: 512,
    height: 512,
    layout: 'NHWC',
    channels: 'RGB',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  head: { kind: 'centernet', heat: 'tower_0/keypoints', size: 'tower_0/wh' },
  labels: [...COCO_LABELS],
  threshold: 0.35,
};

export const NANODET_COCO: DetectorCard = {
  name: 'nanodet-coco',
  label: 'NanoDet (80 classes)',
  description: 'NanoDet-m, 416×416, COCO classes. 2.1 MB, fetched from vladmandic/nanodet on GitHub.',
  licence: 'MIT (package.json of vladmandic/nanodet); upstream RangiLyu/nanodet: Apache-2.0',
  input: {
    width: 416,
    height: 416,
    layout: 'NCHW',
    channels: 'BGR',
    mean: [103.53, 116.28, 123.675],
    std: [57.375, 57.12, 58.395],
  },
  head: { kind: 'gfl', strides: [8, 16, 32], bins: 8 },
  labels: [...COCO_LABELS],
  threshold: 0.5,
};

export interface RegisteredDetector {
  readonly name: string;
  /** As a menu shows it. */
  readonly label: string;
  /** URL of the model.json; relative ones are below the page's base. */
  readonly url: string;
  /** null: in card.json beside the model. */
  readonly card: DetectorCard | null;
  /** Bytes to be fetched; null: comes with the lab. */
  readonly bytes: number | null;
}

const GITHUB = 'https://raw.githubusercontent.com/vladmandic';

/** Our own: files and card come with the lab. */
const street = (name: string, label: string): RegisteredDetector => ({
  name,
  label,
  url: `models/${name}/model.json`,
  card: null,
  bytes: null,
});

export const DETECTORS: readonly RegisteredDetector[] = [
  street('default', 'Street detector'),
  street('street-nano', 'Street detector, nano'),
  street('street-small', 'Street detector, small'),
  street('street-large', 'Street detector, large'),
  {
    name: CENTERNET_COCO.name,
    label: CENTERNET_COCO.label,
    url: `${GITHUB}/human/151df64d6143db8d0cf14df39e69be2f655f9f34/models/centernet.json`,
    card: CENTERNET_COCO,
    bytes: 4_231_963,
  },
  {
    name: NANODET_COCO.name,
    label: NANODET_COCO.label,
    url: `${GITHUB}/nanodet/dcdcb456ca4a484e52c1e8cf6a624187a88de64c/models/nanodet-m.json`,
    card: NANODET_COCO,
    bytes: 2_148_517,
  },
];

/** @throws Error naming the registered detectors, when this is none */
export function registeredDetector(name: string): RegisteredDetector {
  const found = DETECTORS.find((detector) => detector.name === name);
  if (found) return found;
  throw new Error(
    `There is no detector called "${name}". Use one of ${DETECTORS.map((d) => d.name).join(', ')}, ` +
      'or bring a model as {"model": "path/model.json"}.',
  );
}
