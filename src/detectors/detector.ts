/** A loaded detector: pixels in, boxes out, with its scores open to differentiation (gradients/dnnGrad.ts). */
import * as tf from '@tensorflow/tfjs';
import type { Detection } from '../domain/detection.ts';
import type { Size } from '../domain/size.ts';
import type { DetectorCard } from '../domain/card.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import { headOf } from './heads/index.ts';
import type { ModelForm } from './modelForm.ts';
import { suppress } from './nms.ts';
import { inputShape, packInput } from './pixels.ts';

/** Output elements of interest for the utility: what survived suppression, confident or not. */
export interface Candidates {
  /** Flat indices into the scores [cells, classes]. */
  readonly indices: Int32Array;
  /** Their scores when they were found. */
  readonly scores: Float32Array;
}

/** Boxes scored below this are no candidates. */
export const CANDIDATE_SCORE = 0.05;
/** Most candidates of a frame. */
export const MAX_CANDIDATES = 100;

export interface DetectResult {
  /** After suppression per class, score above the card's threshold, most confident first. */
  readonly detections: readonly Detection[];
  /** The same with those below the threshold too, down to {@link CANDIDATE_SCORE}. */
  readonly proposals: readonly Detection[];
  readonly candidates: Candidates;
  /** Wall time of the pass with its read-back and decoding. */
  readonly elapsedMs: number;
}

export interface Detector {
  readonly card: DetectorCard;
  readonly inputSize: Size;
  /** Elements of the score tensor. */
  readonly scoreCount: number;
  /** The network's constants, by which gradients know what never changes. */
  readonly weights: readonly tf.Tensor[];
  /**
   * One forward pass.
   * @param rgba width·height·4 bytes at `inputSize`
   * @throws Error when the backend lacks something that the network needs
   */
  detect(rgba: Uint8ClampedArray): Promise<DetectResult>;
  /** The forward pass without reading back: what `detect` decodes, in one tensor; the caller disposes it. */
  forward(rgba: Uint8ClampedArray): tf.Tensor;
  /** The network's normalised input for these pixels; the caller disposes it. */
  input(rgba: Uint8ClampedArray): tf.Tensor4D;
  /** Scores in [0, 1], [cells, classes], differentiable by the input; the caller disposes them. */
  scores(input: tf.Tensor4D): tf.Tensor2D;
  /** Places where a pass can stop, cheap to expensive; 1 for most networks. */
  readonly exits: number;
  /**
   * The same network stopped at another exit or on another input size, without loading anything. It holds nothing of
   * its own: disposing either frees the network.
   * @throws Error when there is no such exit, or the network is made for one size
   */
  at(setting: DetectorSetting): Detector;
  dispose(): void;
}

export interface DetectorSetting {
  /** 0 … exits − 1; as it is when left out. */
  readonly exit?: number;
  /** Pixels; as it is when left out. */
  readonly inputSize?: Size;
}

/** A network of either tfjs format, as far as a detector cares. */
export interface Network {
  /**
   * Computes no more than the outputs need.
   * @param nodes names of the outputs; undefined for the only one
   */
  run(input: tf.Tensor4D, nodes: readonly string[] | undefined): tf.Tensor[];
  readonly weights: readonly tf.Tensor[];
  dispose(): void;
}

/** @throws Error when card and network do not go together */
export function createDetector(
  card: DetectorCard,
  network: Network,
  form: ModelForm,
  exit?: number,
): Detector {
  const head = headOf(card, form, exit);
  const input = (rgba: Uint8ClampedArray): tf.Tensor4D =>
    tf.tensor4d(packInput(rgba, card.input), inputShape(card.input));
  const forward = (rgba: Uint8ClampedArray): tf.Tensor =>
    tf.tidy(() => {
      const pixels = input(rgba);
      try {
        return head.pack(network.run(pixels, head.detectNodes));
      } catch (error) {
        const reason = sentenceOf(error);
        throw new Error(
          `The detector ${card.label} does not run on ${tf.getBackend()}: ${reason.replace(/\.?$/, '.')} ` +
            'Choose another backend or another detector.',
          { cause: error },
        );
      }
    });
  return {
    card,
    inputSize: { width: card.input.width, height: card.input.height },
    scoreCount: head.scoreCount,
    weights: network.weights,
    forward,
    input,
    scores: (tensor) => tf.tidy(() => head.scores(network.run(tensor, head.scoreNodes))),
    detect: async (rgba) => {
      const start = performance.now();
      const packed = forward(rgba);
      const values = await packed.data<'float32'>().finally(() => packed.dispose());
      const survivors = suppress(head.decode(values, CANDIDATE_SCORE), MAX_CANDIDATES);
      const proposals = survivors.map(({ x, y, width, height, score, classIndex }) => ({
        ...{ x, y, width, height, score },
        label: card.labels[classIndex] ?? String(classIndex),
      }));
      return {
        detections: proposals.filter(({ score }) => score > card.threshold),
        proposals,
        candidates: {
          indices: Int32Array.from(survivors, ({ index }) => index),
          scores: Float32Array.from(survivors, ({ score }) => score),
        },
        elapsedMs: performance.now() - start,
      };
    },
    exits: card.head.kind === 'grid' ? (card.head.exits?.length ?? 1) : 1,
    at: (setting) => {
      const resized = { ...card, input: { ...card.input, ...setting.inputSize } };
      return createDetector(resized, network, form, setting.exit ?? exit);
    },
    dispose: () => network.dispose(),
  };
}
