/**
 * Which frames to send: the thresholds of the frame filter, chosen by enumeration (gradients/frameForecast.ts) among all
 * that were tried on the interval that just ran, where the other knobs climb a gradient. It also says how many frames a
 * frame rate and thresholds are expected to send, which inferences and bytes are planned with.
 *
 * What a threshold keeps changes with the content from one second to the next, so losses and frames are smoothed over
 * intervals, each choice's with its own past.
 */
import type { Knobs } from '../../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import {
  everyKnob,
  FILTER_KNOBS,
  indexOfValue,
  stepOf,
  type FilterKnob,
  type PerKnob,
} from '../../domain/knob.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';

/** Rungs of the thresholds, cheap to expensive. */
export type FilterRungs = Readonly<Record<FilterKnob, number>>;

/** What a choice of thresholds is expected to do at a frame rate. */
export interface FilterChoice {
  readonly rungs: FilterRungs;
  /** Sent in an interval. */
  readonly frames: number;
  /** Utility per candidate. */
  readonly loss: number;
}

export interface FramePlan {
  observe(options: readonly FrameOption[] | null): void;
  /** Frames expected in an interval at positions; knobs left out stand where they are fixed. */
  frames(at: PerKnob): number;
  /** The thresholds of least loss for every number of frames, few to many; none that loses more for more frames. */
  choices(frameRateRung: number): readonly FilterChoice[];
  /** undefined where it was not tried. */
  choice(frameRateRung: number, rungs: FilterRungs): FilterChoice | undefined;
}

/** Numbers of frames nearer than this count as the same: the choices that are weighed stay few. */
const FRAME_STEP = 0.25;

interface Expected {
  readonly frameRateRung: number;
  readonly choice: FilterChoice;
}

const keyOf = (frameRateRung: number, rungs: FilterRungs): string =>
  [frameRateRung, ...FILTER_KNOBS.map((name) => rungs[name])].join(' ');

/** Sum of rungs: the higher, the lower the thresholds, and the more a surprise is seen. */
const alertness = ({ rungs }: FilterChoice): number =>
  FILTER_KNOBS.reduce((sum, name) => sum + rungs[name], 0);

/**
 * @param fixed ladder indices of the knobs that may not move
 * @param memory share of the past in what is expected, 0 … 1
 */
export function createFramePlan(
  knobs: Knobs,
  fixed: FilterRungs & { readonly frameRate: number },
  memory: number,
): FramePlan {
  let expected = new Map<string, Expected>();
  /** By frame rate, until the next interval. */
  const weighed = new Map<number, readonly FilterChoice[]>();
  const rates = knobs.frameRate.values.map(Number);
  const choice = (frameRateRung: number, rungs: FilterRungs): FilterChoice | undefined =>
    expected.get(keyOf(frameRateRung, rungs))?.choice;
  const rateStep = stepOf(knobs.frameRate);
  const filterSteps = everyKnob((name) => stepOf(knobs[name]));
  const rateOf = (rung: number): number => (rates[rung] ?? 0) * INTERVAL_SECONDS;
  /** Frames by the rung of the frame rate, with the thresholds of a place. */
  const tried = (at: PerKnob): ((frameRateRung: number) => number) => {
    if (expected.size === 0) return rateOf;
    const rungOf = (name: FilterKnob): number => {
      const position = at[name];
      return position === undefined ? fixed[name] : Math.round(position / filterSteps[name]);
    };
    const rungs = {
      pixelFilter: rungOf('pixelFilter'),
      areaFilter: rungOf('areaFilter'),
      edgeFilter: rungOf('edgeFilter'),
    };
    return (rung) => choice(rung, rungs)?.frames ?? rateOf(rung);
  };

  return {
    observe(options) {
      const now = (options ?? []).map(({ choice: asked, frames, loss }): [string, Expected] => {
        const frameRateRung = indexOfValue(knobs.frameRate, asked.frameRate);
        const [pixelFilter, areaFilter, edgeFilter] = FILTER_KNOBS.map((name) =>
          indexOfValue(knobs[name], asked[name]),
        );
        const rungs = {
          pixelFilter: pixelFilter ?? 0,
          areaFilter: areaFilter ?? 0,
          edgeFilter: edgeFilter ?? 0,
        };
        const key = keyOf(frameRateRung, rungs);
        const before = expected.get(key)?.choice ?? { frames, loss };
        const mix = (past: number, present: number): number => memory * past + (1 - memory) * present;
        const smoothed = { rungs, frames: mix(before.frames, frames), loss: mix(before.loss, loss) };
        return [key, { frameRateRung, choice: smoothed }];
      });
      expected = new Map(now);
      weighed.clear();
    },
    frames(at) {
      const position = at.frameRate ?? fixed.frameRate * rateStep;
      const exact = Math.min(1, Math.max(0, position)) * (rates.length - 1);
      const framesAt = tried(at);
      const [below, above] = [framesAt(Math.floor(exact)), framesAt(Math.ceil(exact))];
      return below + (above - below) * (exact % 1);
    },
    choices(frameRateRung) {
      const known = weighed.get(frameRateRung);
      if (known) return known;
      const best = new Map<number, FilterChoice>();
      for (const { frameRateRung: rung, choice: option } of expected.values()) {
        if (rung !== frameRateRung) continue;
        const about = Math.ceil(option.frames / FRAME_STEP);
        const rival = best.get(about);
        if (
          !rival ||
          option.loss < rival.loss ||
          (option.loss === rival.loss && alertness(option) > alertness(rival))
        )
          best.set(about, option);
      }
      let least = Infinity;
      const choices = [...best.values()]
        .sort((a, b) => a.frames - b.frames)
        .filter(({ loss }) => {
          if (loss > least) return false;
          least = loss;
          return true;
        });
      weighed.set(frameRateRung, choices);
      return choices;
    },
    choice,
  };
}
