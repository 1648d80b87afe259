/** The ways in which pixels are usually scaled before a network, by name. */
import type { DetectorCard } from '../../domain/card.ts';

type Input = DetectorCard['input'];
type Triple = Input['mean'];

export interface Normalisation {
  readonly name: string;
  readonly label: string;
  /** In the order red, green, blue. */
  readonly mean: Triple;
  readonly std: Triple;
}

const all = (value: number): Triple => [value, value, value];

/** ImageNet's figures as torchvision and TensorFlow's hub have them, in grey levels. */
export const NORMALISATIONS: readonly Normalisation[] = [
  { name: 'unit', label: '0 to 1', mean: all(0), std: all(255) },
  { name: 'bytes', label: '0 to 255, as they are', mean: all(0), std: all(1) },
  { name: 'signed', label: '−1 to 1', mean: all(127.5), std: all(127.5) },
  {
    name: 'imagenet',
    label: 'ImageNet’s mean and deviation',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  },
];

/** A card has them in the order of its channels. */
const inOrder = (channels: Input['channels'], [r, g, b]: Triple): Triple =>
  channels === 'RGB' ? [r, g, b] : [b, g, r];

/** Two figures this near are the same: graphs hold 32-bit numbers. */
const TOLERANCE = 0.02;
const near = (a: Triple, b: Triple): boolean => a.every((x, i) => Math.abs(x - (b[i] ?? 0)) <= TOLERANCE);

/** undefined: figures of its own. */
export const normalisationOf = ({ channels, mean, std }: Input): Normalisation | undefined =>
  NORMALISATIONS.find(
    (known) => near(inOrder(channels, known.mean), mean) && near(inOrder(channels, known.std), std),
  );

export const normalised = (input: Input, { mean, std }: Normalisation): Input => ({
  ...input,
  mean: inOrder(input.channels, mean),
  std: inOrder(input.channels, std),
});

/** The other order of the channels; each colour keeps its figures. */
export const withChannels = (input: Input, channels: Input['channels']): Input =>
  channels === input.channels
    ? input
    : {
        ...input,
        channels,
        mean: inOrder('BGR', input.mean),
        std: inOrder('BGR', input.std),
      };
