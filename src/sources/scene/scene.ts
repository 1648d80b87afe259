/**
 * The built-in street scene as a source: a procedural street, seen by a surveillance camera, with exact boxes.
 * What it shows is a pure function of preset, seed, content and time.
 */
import type { TruthBox } from '../../domain/detection.ts';
import { PRESET_CONTENT, type SceneContent, type ScenePreset } from '../../domain/experiment.ts';
import type { Size } from '../../domain/size.ts';
import type { Source, SourceFrame } from '../../domain/source.ts';
import { actorsAt } from './actors.ts';
import { lightAt } from './light.ts';
import type { CameraPose, Street } from './layout.ts';
import { buildStreet } from './presets.ts';
import { truthBox } from './projection.ts';
import { SceneRenderer, type View } from './renderer.ts';
import { hash } from './rng.ts';
import type { Vec3 } from './shape.ts';
import { Travel } from './travel.ts';

export const DEFAULT_SCENE_SIZE: Size = { width: 640, height: 384 };

export interface SceneOptions {
  readonly preset: ScenePreset;
  readonly seed: number;
  /** Sliders that stand elsewhere than the preset's own. */
  readonly content?: Partial<SceneContent>;
  readonly size?: Size;
  /** Another layout than the preset's own, as the detectors' training wants. */
  readonly street?: Street;
}

export interface Scene extends Source {
  /** Moves sliders, from the next frame on. Speed changes without a jump. */
  setContent(content: Partial<SceneContent>): void;
}

/** Opens a scene; works in a window and in a worker. @throws Error when the browser has no WebGL 2 */
export function openScene(options: SceneOptions): Scene {
  const { preset, seed, size = DEFAULT_SCENE_SIZE } = options;
  const street = options.street ?? buildStreet(preset, seed);
  const renderer = new SceneRenderer(street, size);
  let content = clamped({ ...PRESET_CONTENT[preset], ...options.content });
  const travel = new Travel(content.speed);
  let newestSeconds = 0;
  let closed = false;
  /** The renderer draws one frame at a time. */
  let newest: Promise<unknown> = Promise.resolve();

  const draw = async (seconds: number): Promise<SourceFrame> => {
    if (closed) throw new Error('The scene was closed. Open it again to draw more frames.');
    newestSeconds = seconds;
    const actors = actorsAt(street.lanes, seed, content, travel.secondsAt(seconds));
    const view = viewFrom(street.camera, content.distance);
    const light = lightAt(content.light, content.rain, seed);
    const frameKey = hash(seed, Math.round(seconds * 1000));
    const picture = await renderer.draw(actors, view, light, content.rain, frameKey);
    const truth = picture.actors.flatMap((actor, index): TruthBox[] => {
      const box = truthBox(actor, index + 1, picture.viewProjection, picture.numbers);
      return box ? [box] : [];
    });
    const frame = new VideoFrame(picture.pixels, {
      format: 'RGBX',
      codedWidth: size.width,
      codedHeight: size.height,
      timestamp: Math.round(seconds * 1e6),
    });
    return { frame, seconds, truth };
  };

  return {
    size,
    durationSeconds: null,
    live: false,
    frameAt(seconds) {
      const frame = newest.then(() => draw(seconds));
      newest = frame.catch(() => undefined);
      return frame;
    },
    setContent: (change) => {
      content = clamped({ ...content, ...change });
      travel.changeSpeed(content.speed, newestSeconds);
    },
    close: () => {
      if (closed) return;
      closed = true;
      renderer.dispose();
    },
  };
}

/** The camera moved along its line of sight: 0 near … 1 far. */
export function viewFrom(camera: CameraPose, distance: number): View {
  const factor = 2 ** ((distance - 0.5) * 1.5);
  const eye = camera.position.map((x, i) => {
    const target = camera.target[i] ?? 0;
    return target + (x - target) * factor;
  }) as unknown as Vec3;
  return { eye, target: camera.target, fieldOfView: camera.fieldOfView };
}

const inUnit = (x: number): number => (Number.isFinite(x) ? Math.min(1, Math.max(0, x)) : 0);

function clamped(content: SceneContent): SceneContent {
  return {
    density: inUnit(content.density),
    speed: inUnit(content.speed),
    distance: inUnit(content.distance),
    light: inUnit(content.light),
    rain: inUnit(content.rain),
  };
}
