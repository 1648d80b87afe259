/**
 * A model that somebody brought, tried on one picture in a worker of its own, before any run knows of it. Spoken to
 * through {@link PreviewWorker}; ending the worker frees everything.
 */
import * as tf from '@tensorflow/tfjs';
import * as Comlink from 'comlink';
import type { DetectorCard } from '../domain/card.ts';
import type { Box } from '../domain/detection.ts';
import type { Backend, BroughtModel, GpuCost, SourceSpec } from '../domain/experiment.ts';
import { captureSize } from '../domain/ladders.ts';
import type { Source } from '../domain/source.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import { selectBackend } from '../detectors/backend.ts';
import { cardByHand } from '../detectors/byHand.ts';
import type { Detector } from '../detectors/detector.ts';
import type { ModelFiles } from '../detectors/modelFiles.ts';
import { openModel, type OpenedModel } from '../detectors/openModel.ts';
import { createDnnGrad } from '../gradients/dnnGrad.ts';
import { warmUp } from '../gradients/dnnGradWarmUp.ts';
import { createScaler } from '../sensor/pixels.ts';
import { openRecorded, type Clips } from '../sources/recorded.ts';
import type { Progress, ServerMemory } from './events.ts';

export interface PreviewInput {
  /** Its card is left aside: the preview is there to find one. */
  readonly detector: BroughtModel;
  readonly modelFiles?: readonly File[];
  readonly backend: Backend;
}

/** What was found out about a model. */
export interface PreviewModel {
  /** SHA-256 of all that was brought: the model, its weights, and what lay beside it. The same files, the same text. */
  readonly fingerprint: string;
  /** Name of the model.json. */
  readonly file: string;
  /** Where the card comes from: card.json, the graph, or nowhere, when it is a form to be filled in. */
  readonly origin: 'file' | 'recognised' | 'none';
  readonly card: DetectorCard;
  /** On which evidence it was recognised, and what was assumed; parts of sentences. */
  readonly reasons: readonly string[];
  /** Full sentence on why nothing was recognised; null: something was. */
  readonly refusal: string | null;
  /** Nodes that a card may name, the likeliest first. */
  readonly nodes: readonly string[];
  /** What computes, and why it is not what was asked for. */
  readonly backend: Backend;
  readonly fallback: string | null;
}

export interface PictureRequest {
  readonly source: SourceSpec;
  readonly seed: number;
  /** Where in the source. */
  readonly seconds: number;
  /** By their file as the source names it. */
  readonly clips?: Clips;
  /** The picture itself, of a source that only the page can see. */
  readonly image?: ImageBitmap;
}

export interface PreviewPicture {
  /** Owned by the receiver, who closes it. */
  readonly image: ImageBitmap;
  /** Length of the source; null: endless. */
  readonly durationSeconds: number | null;
  /** There is no other moment to be looked at. */
  readonly isLive: boolean;
}

/** A box above the score that makes it a candidate; the reader knows the names and the threshold. */
export interface PreviewBox extends Box {
  readonly classIndex: number;
  readonly score: number;
}

export interface PreviewDetections {
  /** The most confident first. */
  readonly boxes: readonly PreviewBox[];
  /** Of one forward pass with reading back and decoding. */
  readonly elapsedMs: number;
}

export interface PreviewWorker {
  open(input: PreviewInput, onProgress: (progress: Progress) => void): Promise<PreviewModel>;
  /** Takes a picture of the source, on which boxes are looked for from now on. */
  picture(request: PictureRequest): Promise<PreviewPicture>;
  /** @throws Error in a full sentence where the card does not fit the model */
  detect(card: DetectorCard): Promise<PreviewDetections>;
  /** Both passes as a run does them. @throws Error in a full sentence where the model cannot be differentiated */
  tryPasses(card: DetectorCard, onProgress: (progress: Progress) => void): Promise<GpuCost>;
  /** Tensors and bytes that tfjs holds, for the leak check. */
  memory(): ServerMemory;
}

let model: OpenedModel | undefined;
let picture: ImageBitmap | undefined;
/** What the last pass ran: the first of another kind compiles shaders and prepares filters. */
let warm = '';

/** Passes wait for each other: while a backend compiles ahead, it computes nothing. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

const detectorOf = (card: DetectorCard): Detector => {
  if (!model) throw new Error('The preview was asked for boxes before its model was loaded.');
  return model.detector(card);
};

/** A clip is left before its last frame ends. */
const TAIL_SECONDS = 0.15;

async function openSource({ source, seed, clips }: PictureRequest): Promise<Source> {
  if (source.kind === 'webcam')
    throw new Error('No frame of the webcam has come yet. Wait for the first one, then try again.');
  return openRecorded(source, { seed, clips });
}

async function pictureOf(request: PictureRequest): Promise<PreviewPicture> {
  if (request.image) return { image: request.image, durationSeconds: null, isLive: true };
  const source = await openSource(request);
  try {
    const { durationSeconds } = source;
    const last = durationSeconds === null ? Infinity : Math.max(0, durationSeconds - TAIL_SECONDS);
    const shown = await source.frameAt(Math.min(request.seconds, last));
    if (!shown) throw new Error('The source has no picture there. Choose another moment.');
    const { width, height } = captureSize(source.size);
    const scaled = { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' } as const;
    const image = await createImageBitmap(shown.frame, scaled).finally(() => shown.frame.close());
    return { image, durationSeconds, isLive: false };
  } finally {
    source.close();
  }
}

/** In another file or order is another model: what was said of the one need not hold for the other. */
async function fingerprintOf({ json, card, names, weights }: ModelFiles): Promise<string> {
  const bytes = await new Blob([JSON.stringify([json, card, names]), weights]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function proposalOf(
  opened: OpenedModel,
): Promise<Pick<PreviewModel, 'card' | 'origin' | 'reasons' | 'refusal'>> {
  if (opened.card) return { card: opened.card, origin: 'file', reasons: [], refusal: null };
  try {
    return { ...(await opened.recognise()), origin: 'recognised', refusal: null };
  } catch (error) {
    return { card: cardByHand(opened.form), origin: 'none', reasons: [], refusal: sentenceOf(error) };
  }
}

const worker: PreviewWorker = {
  async open({ detector: { model: path }, modelFiles, backend }, onProgress) {
    onProgress({ label: 'Starting a backend for the preview', fraction: null });
    const selected = await selectBackend(backend);
    const opened = await openModel({ model: path }, modelFiles, (label, fraction) =>
      onProgress({ label, fraction }),
    );
    model = opened;
    return {
      ...(await proposalOf(opened)),
      fingerprint: await fingerprintOf(opened.files),
      file: opened.files.name,
      nodes: [...new Set([...opened.form.outputs.map(({ name }) => name), ...opened.tail.toReversed()])],
      backend: selected.backend,
      fallback: selected.fallback,
    };
  },

  async picture(request) {
    const taken = await pictureOf(request);
    picture?.close();
    picture = taken.image;
    const copy = await createImageBitmap(picture);
    return Comlink.transfer({ ...taken, image: copy }, [copy]);
  },

  detect: (card) =>
    inTurn(async () => {
      if (!picture) throw new Error('The preview was asked for boxes before it had a picture.');
      // Names and threshold are the reader's, so that editing them costs no pass.
      const detector = detectorOf({ ...card, labels: card.labels.map((_, i) => String(i)), threshold: 0 });
      const pixels = createScaler(detector.inputSize).pixels(picture);
      const kind = JSON.stringify([card.input, card.head, card.labels.length]);
      if (kind !== warm) await detector.detect(pixels);
      warm = kind;
      const { detections, elapsedMs } = await detector.detect(pixels);
      const boxes = detections.map(({ label, ...box }) => ({ ...box, classIndex: Number(label) }));
      return { boxes, elapsedMs };
    }),

  tryPasses: (card, onProgress) =>
    inTurn(async () => {
      const detector = detectorOf(card);
      const dnnGrad = createDnnGrad(detector);
      const progress = (label: string, fraction: number | null): void => onProgress({ label, fraction });
      return warmUp(detector, dnnGrad, progress).finally(() => dnnGrad.dispose());
    }),

  memory() {
    const { numTensors } = tf.memory();
    return { tensors: numTensors, gpuBytes: 0 };
  },
};

Comlink.expose(worker);
