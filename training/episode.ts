/**
 * Runs in the browser: renders one scene with several settings of its sliders, sends each frame through a real
 * encoder at a random quality, and hands back pixels at the detector's input size with the exact boxes.
 */
import type { TruthBox } from '../src/domain/detection.ts';
import {
  PRESET_CONTENT,
  SCENE_PRESETS,
  type SceneContent,
  type ScenePreset,
} from '../src/domain/experiment.ts';
import { openScene } from '../src/sources/scene/index.ts';
import { between, pick, uniform } from '../src/sources/scene/rng.ts';
import { randomStreet } from './randomStreet.ts';

export interface Sample {
  /** RGB bytes, row by row, in base64. */
  readonly pixels: string;
  readonly boxes: readonly TruthBox[];
  readonly preset: ScenePreset;
  /** Share of the capture's width and height that was encoded, and the VP9 quantizer. */
  readonly scale: number;
  readonly quantizer: number;
  /** Of the pixels. */
  readonly width: number;
  readonly height: number;
}

/** How a frame is sent: share of the capture's width and height, and the VP9 quantizer. */
export interface Rung {
  readonly scale: number;
  readonly quantizer: number;
}

export interface EpisodeOptions {
  readonly seed: number;
  readonly settings: number;
  readonly framesPerSetting: number;
  readonly width: number;
  readonly height: number;
  /** Every frame is sent in each of these ways; null: each in a random one. */
  readonly rungs: readonly Rung[] | null;
  /** The preset's own sliders, in place of random ones. */
  readonly usual: boolean;
  /** Another camera and another mix of traffic for every scene. */
  readonly wide: boolean;
}

const SCALES = [1, 1, 1, 1, 0.8, 0.65, 0.5, 0.35];

/** Sliders for one setting: near the preset's own in a third of the cases, anywhere in the others. */
function randomContent(preset: ScenePreset, seed: number, setting: number): SceneContent {
  const usual = PRESET_CONTENT[preset];
  const near = uniform(seed, setting, 1) < 0.35;
  const around = (value: number, key: number): number => value + between(-0.1, 0.1, seed, setting, key);
  const dry = uniform(seed, setting, 2) < 0.6;
  return {
    density: near ? around(usual.density, 3) : between(0.2, 1, seed, setting, 3),
    speed: usual.speed,
    distance: near ? around(usual.distance, 4) : between(0, 1, seed, setting, 4),
    light: near ? around(usual.light, 5) : between(0, 1, seed, setting, 5),
    rain: near ? usual.rain : dry ? 0 : uniform(seed, setting, 6),
  };
}

export async function renderEpisode(options: EpisodeOptions): Promise<Sample[]> {
  const { seed, settings, framesPerSetting } = options;
  const preset = SCENE_PRESETS[seed % SCENE_PRESETS.length] ?? 'crossing';
  const scene = openScene({ preset, seed, ...(options.wide ? { street: randomStreet(preset, seed) } : {}) });
  const samples: Sample[] = [];
  for (let setting = 0; setting < settings; setting++) {
    if (!options.usual) scene.setContent(randomContent(preset, seed, setting));
    for (let i = 0; i < framesPerSetting; i++) {
      const key = setting * framesPerSetting + i;
      const seconds = between(0, 900, seed, key, 10);
      const shown = await scene.frameAt(seconds);
      if (shown === null) throw new Error('The scene ended, though it should be endless.');
      const { width, height } = options;
      for (const rung of options.rungs ?? [randomRung(seed, key)]) {
        const pixels = base64(await degrade(shown.frame, rung, options));
        samples.push({ pixels, boxes: shown.truth ?? [], preset, ...rung, width, height });
      }
      shown.frame.close();
    }
  }
  scene.close();
  return samples;
}

/** Every second frame is of full resolution, and fine quantizers come more often than coarse ones. */
function randomRung(seed: number, key: number): Rung {
  const coarse = uniform(seed, key, 12) ** 1.4;
  return { scale: pick(SCALES, seed, key, 11), quantizer: Math.round(24 + 212 * coarse) };
}

/** The frame as a server would see it: scaled, encoded as a VP9 key frame, decoded, scaled to the detector. */
async function degrade(
  frame: VideoFrame,
  { scale, quantizer }: Rung,
  size: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const width = 2 * Math.round((frame.displayWidth * scale) / 2);
  const height = 2 * Math.round((frame.displayHeight * scale) / 2);
  const sent = new VideoFrame(draw(frame, width, height), { timestamp: 0 });
  const chunks: EncodedVideoChunk[] = [];
  const failed = (error: Error): void => {
    throw error;
  };
  let colorSpace: VideoColorSpaceInit | undefined;
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      // VP9's stream does not say that it is of full range (src/sensor/packet.ts).
      colorSpace = metadata?.decoderConfig?.colorSpace ?? colorSpace;
      chunks.push(chunk);
    },
    error: failed,
  });
  encoder.configure({ codec: 'vp09.00.10.08', width, height, bitrateMode: 'quantizer' });
  encoder.encode(sent, { keyFrame: true, vp9: { quantizer } });
  await encoder.flush();
  encoder.close();
  sent.close();
  let pixels: Uint8Array | undefined;
  const decoder = new VideoDecoder({
    output: (decoded) => {
      const canvas = draw(decoded, size.width, size.height);
      decoded.close();
      const rgba = context(canvas).getImageData(0, 0, size.width, size.height).data;
      pixels = rgba.filter((_, i) => i % 4 !== 3) as unknown as Uint8Array;
    },
    error: failed,
  });
  decoder.configure({ codec: 'vp09.00.10.08', ...(colorSpace ? { colorSpace } : {}) });
  for (const chunk of chunks) decoder.decode(chunk);
  await decoder.flush();
  decoder.close();
  if (!pixels) throw new Error('The decoder gave no picture for a frame that was just encoded.');
  return pixels;
}

function draw(frame: VideoFrame, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  context(canvas).drawImage(frame, 0, 0, width, height);
  return canvas;
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const made = canvas.getContext('2d', { willReadFrequently: true });
  if (!made) throw new Error('This browser offers no 2d canvas outside the page.');
  return made;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
