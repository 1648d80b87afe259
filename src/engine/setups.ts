/**
 * The ways in which the server can look at a frame: a member of the family, its input size, with or without enhancement.
 * Members are loaded once and stay; other sizes of a network hold nothing of their own, so changing costs nothing.
 */
import type { GpuCost, PassCost } from '../domain/experiment.ts';
import { sameSetting, type ServerKnob, type ServerSetting } from '../domain/serverKnobs.ts';
import { formatSize, parseSize } from '../domain/size.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import type { Detector } from '../detectors/detector.ts';
import { loadDetector } from '../detectors/loadDetector.ts';
import type { OnProgress } from '../detectors/progress.ts';
import { sharpen } from '../detectors/sharpen.ts';
import { createDnnGrad, type DnnGrad } from '../gradients/dnnGrad.ts';
import { makeReady, timeAgainst } from '../gradients/dnnGradWarmUp.ts';
import { createScalers, type Scaler } from '../sensor/pixels.ts';

/** One way to look at a frame. */
export interface Setup {
  readonly setting: ServerSetting;
  readonly detector: Detector;
  readonly dnnGrad: DnnGrad;
  /** A picture at the detector's input size. */
  readonly scaler: Scaler;
  /** What the detector is given of a picture at its input size. */
  readonly enhance: (pixels: Uint8ClampedArray<ArrayBuffer>) => Uint8ClampedArray<ArrayBuffer>;
}

/** Values of the server's knobs that a run will need. */
export type NeededRungs = Readonly<Partial<Record<ServerKnob, readonly string[]>>>;

export interface Setups {
  /** The experiment's detector at its own size, without enhancement: what accuracy is measured against. */
  readonly reference: Setup;
  /** Of the family's input sizes those that the detector can be built for, as far as is known before it runs. */
  readonly takes: (inputSize: string) => boolean;
  /** @throws Error when the member cannot be loaded, or does not take the size */
  at(setting: ServerSetting): Promise<Setup>;
  /**
   * Loads and warms up every rung but those at rest, the other knobs at rest, and times a pass at each.
   * @param cost of a pass at rest; null: nothing is timed
   */
  prepare(needed: NeededRungs, cost: PassCost | null, onProgress: OnProgress): Promise<PreparedRungs>;
}

export interface PreparedRungs {
  /** Of those that were needed; an input size that the network cannot run at is left out. */
  readonly ready: NeededRungs;
  /** Of a pass at each, where it was timed. */
  readonly costs: NonNullable<GpuCost['rungs']>;
  /** Sentences on what was left out and why. */
  readonly leftOut: readonly string[];
}

/** Passes of the enhancement that are timed; the median is its cost. */
const TIMED_ENHANCEMENTS = 5;

/**
 * @param detector the experiment's, loaded
 * @param member its name on the ladder of members
 */
export function createSetups(detector: Detector, dnnGrad: DnnGrad, member: string): Setups {
  const scalers = createScalers();
  const quiet = (): void => undefined;
  const rest: ServerSetting = { inputSize: formatSize(detector.inputSize), member, enhancement: 'off' };
  const loaded = new Map<string, Promise<Detector>>([[member, Promise.resolve(detector)]]);
  const open = new Map<string, Promise<Pick<Setup, 'detector' | 'dnnGrad'>>>([
    [placeOf(rest), Promise.resolve({ detector, dnnGrad })],
  ]);

  const load = (name: string, onProgress: OnProgress): Promise<Detector> => {
    const loading = loaded.get(name) ?? loadDetector(name, undefined, onProgress);
    loaded.set(name, loading);
    return loading;
  };
  const sized = async ({ member: name, inputSize }: ServerSetting) => {
    const network = (await load(name, quiet)).at({ inputSize: parseSize(inputSize) });
    return { detector: network, dnnGrad: createDnnGrad(network) };
  };
  const setupOf = (setting: ServerSetting, of: Pick<Setup, 'detector' | 'dnnGrad'>): Setup => ({
    ...of,
    setting,
    scaler: scalers(of.detector.inputSize),
    enhance: (pixels) =>
      setting.enhancement === 'sharpen' ? sharpen(pixels, of.detector.inputSize) : pixels,
  });
  const at = async (setting: ServerSetting): Promise<Setup> => {
    const place = placeOf(setting);
    const opening = open.get(place) ?? sized(setting);
    open.set(place, opening);
    return setupOf(setting, await opening);
  };

  const enhancementMs = ({ detector: { inputSize }, enhance }: Setup): number => {
    const pixels = new Uint8ClampedArray(inputSize.width * inputSize.height * 4).map(
      (_, i) => (i * 73) % 256,
    );
    const times = Array.from({ length: TIMED_ENHANCEMENTS }, () => {
      const start = performance.now();
      enhance(pixels);
      return performance.now() - start;
    });
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  };

  const measured = async (name: ServerKnob, setup: Setup, cost: PassCost): Promise<PassCost> =>
    name === 'enhancement'
      ? { ...cost, inferenceMs: cost.inferenceMs + enhancementMs(setup) }
      : timesRest(await timeAgainst({ detector, dnnGrad }, setup), cost);

  return {
    reference: setupOf(rest, { detector, dnnGrad }),
    at,
    takes: (inputSize) => {
      try {
        detector.at({ inputSize: parseSize(inputSize) });
        return true;
      } catch {
        return false;
      }
    },
    async prepare(needed, cost, onProgress) {
      const settings = (Object.keys(needed) as ServerKnob[]).flatMap((name) =>
        (needed[name] ?? [])
          .map((value) => ({ name, value, setting: { ...rest, [name]: value } }))
          .filter(({ setting }) => !sameSetting(setting, rest)),
      );
      const ready: Partial<Record<ServerKnob, string[]>> = {};
      const leftOut: string[] = [];
      const costs: Partial<Record<ServerKnob, Record<string, PassCost>>> = {};
      for (const [index, { name, value, setting }] of settings.entries()) {
        const progress: OnProgress = (_, fraction) =>
          onProgress(`Warming up ${LABELS[name]} ${value}`, (index + (fraction ?? 0)) / settings.length);
        progress('', 0);
        try {
          await load(setting.member, progress);
          const setup = await at(setting);
          if (name !== 'enhancement') await makeReady(setup);
          if (cost) (costs[name] ??= {})[value] = await measured(name, setup, cost);
          (ready[name] ??= []).push(value);
        } catch (error) {
          if (name !== 'inputSize') throw error;
          leftOut.push(
            `The input size ${value} is left out, since the detector fails at it: ${sentenceOf(error)}`,
          );
        }
      }
      return { ready, costs, leftOut };
    },
  };
}

const timesRest = (share: PassCost, cost: PassCost): PassCost => ({
  inferenceMs: share.inferenceMs * cost.inferenceMs,
  backwardMs: share.backwardMs * cost.backwardMs,
});

const placeOf = ({ member, inputSize }: ServerSetting): string => `${member} ${inputSize}`;

const LABELS: Readonly<Record<ServerKnob, string>> = {
  inputSize: 'the input size',
  member: 'the member',
  enhancement: 'the enhancement',
};
