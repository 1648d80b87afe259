/**
 * The detectors that the lab knows by name. **To add one**: write its card here and name it in DETECTORS. Models
 * from elsewhere are pinned to a commit and by their hashes, and fetched only when somebody picks them or agrees to it.
 */
import { COCO_LABELS } from './cocoLabels.ts';
import type { DetectorCard } from '../domain/card.ts';
import type { PinnedFile } from './integrity.ts';

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
  /** Its model.json and its weights as they must be; null: comes with the lab. */
  readonly files: readonly PinnedFile[] | null;
}

const GITHUB = 'https://raw.githubusercontent.com/vladmandic';

/** Our own: files and card come with the lab. */
const street = (name: string, label: string): RegisteredDetector => ({
  name,
  label,
  url: `models/${name}/model.json`,
  card: null,
  bytes: null,
  files: null,
});

/** Somebody else's: fetched from the folder of a public repository's commit, the first file being the model.json. */
const foreign = (
  card: DetectorCard,
  folder: string,
  model: PinnedFile,
  ...weights: readonly PinnedFile[]
): RegisteredDetector => ({
  name: card.name,
  label: card.label,
  url: `${GITHUB}/${folder}/${model.name}`,
  card,
  bytes: weights.reduce((sum, { bytes }) => sum + bytes, model.bytes),
  files: [model, ...weights],
});

export const DETECTORS: readonly RegisteredDetector[] = [
  street('default', 'Street detector'),
  street('street-nano', 'Street detector, nano'),
  street('street-small', 'Street detector, small'),
  street('street-large', 'Street detector, large'),
  foreign(
    CENTERNET_COCO,
    'human/151df64d6143db8d0cf14df39e69be2f655f9f34/models',
    {
      name: 'centernet.json',
      bytes: 201_673,
      sha256: 'bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05',
    },
    {
      name: 'centernet.bin',
      bytes: 4_030_290,
      sha256: '1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef',
    },
  ),
  foreign(
    NANODET_COCO,
    'nanodet/dcdcb456ca4a484e52c1e8cf6a624187a88de64c/models',
    {
      name: 'nanodet-m.json',
      bytes: 261_043,
      sha256: '3281686f3e2cfc770cd3a7be8def41cdec84a6071519f32dbb3baec96a857bfd',
    },
    {
      name: 'nanodet-m.bin',
      bytes: 1_887_474,
      sha256: '283fdb466f36844ad75e305ef28b929ca2c7e4effbda13d2e39370e02922c032',
    },
  ),
];

/** Our own detectors were trained on the scene alone; whatever else is registered is fetched from elsewhere. */
export const comesWithLab = (name: unknown): boolean =>
  DETECTORS.some((detector) => detector.name === name && detector.files === null);

/** @throws Error naming the registered detectors, when this is none */
export function registeredDetector(name: string): RegisteredDetector {
  const found = DETECTORS.find((detector) => detector.name === name);
  if (found) return found;
  throw new Error(
    `There is no detector called "${name}". Use one of ${DETECTORS.map((d) => d.name).join(', ')}, ` +
      'or bring a model as {"model": "path/model.json"}.',
  );
}
