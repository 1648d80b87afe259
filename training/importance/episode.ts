/**
 * Runs in the browser: frames of one scene as the sensor sees them, and for each 16×16 block what losing its quality would
 * cost the detector. It uses the lab's own encoder, tile filter, detector and DNNGrad.
 */
import { selectBackend } from '../../src/detectors/backend.ts';
import type { Detector } from '../../src/detectors/detector.ts';
import { loadDetector } from '../../src/detectors/loadDetector.ts';
import {
  DEFAULT_ONEADAPT,
  PRESET_CONTENT,
  SCENE_PRESETS,
  type SceneContent,
  type ScenePreset,
} from '../../src/domain/experiment.ts';
import type { Size } from '../../src/domain/size.ts';
import { BLOCK_PIXELS, blockErrors, blockWeights } from '../../src/gradients/accGrad.ts';
import { createDnnGrad, type DnnGrad } from '../../src/gradients/dnnGrad.ts';
import { createFrameDecoder } from '../../src/sensor/frameDecoder.ts';
import { createFrameEncoder } from '../../src/sensor/frameEncoder.ts';
import { BLOCKS, PICTURE_SIZE } from '../../src/sensor/importance/features.ts';
import { createScaler } from '../../src/sensor/pixels.ts';
import { createTileFilter } from '../../src/sensor/tiles/filter.ts';
import { openScene } from '../../src/sources/scene/index.ts';
import { between, uniform } from '../../src/sources/scene/rng.ts';
import { randomStreet } from '../randomStreet.ts';

export interface EpisodeOptions {
  readonly seed: number;
  /** A registered detector. */
  readonly detector: string;
  readonly frames: number;
  /** The preset's own camera, traffic and sliders, in place of random ones. */
  readonly usual: boolean;
}

export interface Sample {
  /** RGB bytes at {@link PICTURE_SIZE}, row by row, in base64. */
  readonly pixels: string;
  /** Σ over a block's pixels of |∂U/∂pixel|, averaged over it, times |high − low|; one a block, row by row. */
  readonly losses: readonly number[];
  readonly preset: ScenePreset;
  readonly seed: number;
  readonly detections: number;
}

/** The finest rung of the quantizer's ladder, at the scene's whole size: the most expensive configuration. */
const TOP_QUANTIZER = 32;
const GRID = '16x9';
const NO_TILE = new Array<boolean>(16 * 9).fill(false);

let loaded: Promise<{ readonly detector: Detector; readonly dnnGrad: DnnGrad }> | undefined;

async function load(name: string): Promise<{ readonly detector: Detector; readonly dnnGrad: DnnGrad }> {
  await selectBackend('wasm');
  const detector = await loadDetector(name, undefined, () => undefined, new URL('/', location.href).href);
  const { width, height } = detector.inputSize;
  if (width !== BLOCKS.columns * BLOCK_PIXELS || height !== BLOCKS.rows * BLOCK_PIXELS) {
    throw new Error(`The detector ${name} looks at ${width}x${height}, which is another grid of blocks.`);
  }
  return { detector, dnnGrad: createDnnGrad(detector) };
}

/** Near the preset's own sliders half of the time, anywhere in the other. */
function randomContent(preset: ScenePreset, seed: number, frame: number): SceneContent {
  const usual = PRESET_CONTENT[preset];
  const draw = (key: number): number => uniform(seed, frame, key);
  const near = draw(1) < 0.5;
  const around = (value: number, key: number): number =>
    Math.min(1, Math.max(0, value + 0.2 * (draw(key) - 0.5)));
  return {
    density: near ? around(usual.density, 3) : draw(3),
    speed: usual.speed,
    distance: near ? around(usual.distance, 4) : draw(4),
    light: near ? around(usual.light, 5) : draw(5),
    rain: near || draw(2) < 0.6 ? usual.rain : draw(6),
  };
}

export async function collectEpisode(options: EpisodeOptions): Promise<Sample[]> {
  loaded ??= load(options.detector);
  const { detector, dnnGrad } = await loaded;
  const { seed, frames, usual } = options;
  const preset = SCENE_PRESETS[seed % SCENE_PRESETS.length] ?? 'crossing';
  const scene = openScene({ preset, seed, ...(usual ? {} : { street: randomStreet(preset, seed) }) });
  const picture = createScaler(PICTURE_SIZE);
  const samples: Sample[] = [];
  for (let i = 0; i < frames; i += 1) {
    if (!usual) scene.setContent(randomContent(preset, seed, i));
    const shown = await scene.frameAt(between(0, 900, seed, i, 10));
    if (shown === null) throw new Error('The scene ended, though it should be endless.');
    const { frame } = shown;
    const { losses, detections } = await lossesOf(frame, detector, dnnGrad);
    samples.push({ pixels: base64(rgbOf(picture.pixels(frame))), losses, preset, seed, detections });
    frame.close();
  }
  scene.close();
  return samples;
}

async function lossesOf(
  frame: VideoFrame,
  detector: Detector,
  dnnGrad: DnnGrad,
): Promise<Pick<Sample, 'losses' | 'detections'>> {
  const size = { width: frame.displayWidth, height: frame.displayHeight };
  const blurred = new VideoFrame(createTileFilter(size).apply(frame, NO_TILE, GRID), { timestamp: 0 });
  const high = await seenByServer(frame, size, detector.inputSize);
  const low = await seenByServer(blurred, size, detector.inputSize);
  blurred.close();
  const { candidates, detections } = await detector.detect(high);
  const { gradient, count } = await dnnGrad.utilityGradient(high, candidates, DEFAULT_ONEADAPT.utilitySlope);
  const weights = blockWeights({ values: gradient, size: detector.inputSize, count });
  const errors = blockErrors(detector.inputSize, high, low);
  const losses = Array.from(
    weights.values,
    (weight, at) => weight * (errors.values[at] ?? 0) * BLOCK_PIXELS * BLOCK_PIXELS,
  );
  return { losses, detections: detections.length };
}

/** Encoded as a key frame at the most expensive configuration, decoded, scaled to the detector. */
async function seenByServer(frame: VideoFrame, size: Size, input: Size): Promise<Uint8ClampedArray> {
  const encoder = await createFrameEncoder('vp9', size);
  const decoder = createFrameDecoder('vp9');
  const sent = createScaler(size).frame(frame, 0);
  const decoded = await decoder.decode(await encoder.encode(sent, TOP_QUANTIZER, true));
  const pixels = createScaler(input).pixels(decoded).slice();
  for (const each of [sent, decoded, encoder, decoder]) each.close();
  return pixels;
}

const rgbOf = (rgba: Uint8ClampedArray): Uint8Array => Uint8Array.from(rgba.filter((_, i) => i % 4 !== 3));

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
