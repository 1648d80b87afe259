/**
 * Which frames to send: the thresholds of the frame filter and the frame rate beside them, chosen by enumeration (gradients/frameForecast.ts)
 * among all that were tried on the interval that just ran, where the other knobs climb a gradient. It also says how many frames a
 * frame rate and thresholds are expected to send, which inferences and bytes are planned with.
 *
 * What a threshold keeps changes with the content from one second to the next, so losses and frames are means over the intervals since the last
 * cut, the older ones fading.
 */
import type { Knobs } from '../../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import {
  everyKnob,
  FILTER_KNOBS,
  FRAME_KNOBS,
  indexOfValue,
  stepOf,
  type FilterKnob,
  type FrameKnob,
  type PerKnob,
} from '../../domain/knob.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';

/** Cheap to expensive. */
export type FrameRungs = Readonly<Record<FrameKnob, number>>;

/** What it is expected to do. */
export interface ExpectedFrames {
  readonly rungs: FrameRungs;
  /** Sent in an interval. */
  readonly frames: number;
  /** Utility per candidate. */
  readonly loss: number;
}

export interface FramePlan {
  /** @param cut did the interval begin with one? Then what was told before is forgotten. Somebody who comes into view is none: what was learnt still holds */
  observe(options: readonly FrameOption[] | null, cut: boolean): void;
  /** Frames expected in an interval at positions; knobs left out stand where they are fixed. */
  frames(at: PerKnob): number;
  /**
   * The choice of least loss for every number of frames, few to many; none that loses more for more frames.
   * @param frameRateRung null: of all frame rates
   */
  choices(frameRateRung: number | null): readonly ExpectedFrames[];
  /** undefined where it was not tried. */
  choice(rungs: FrameRungs): ExpectedFrames | undefined;
}

/** Numbers of frames nearer than this count as the same: the choices that are weighed stay few. */
const FRAME_STEP = 0.25;

const keyOf = (rungs: FrameRungs): string => FRAME_KNOBS.map((name) => rungs[name]).join(' ');

/** Would this one see more of a surprise? It looks more often, or its thresholds are lower. */
function isMoreAlert({ rungs: a }: ExpectedFrames, { rungs: b }: ExpectedFrames): boolean {
  const thresholds = (rungs: FrameRungs): number => FILTER_KNOBS.reduce((sum, name) => sum + rungs[name], 0);
  return a.frameRate === b.frameRate ? thresholds(a) > thresholds(b) : a.frameRate > b.frameRate;
}

/**
 * @param fixed ladder indices of the knobs that may not move
 * @param memory share of an interval's weight that is left when the next is told, 0 … 1
 */
export function createFramePlan(knobs: Knobs, fixed: FrameRungs, memory: number): FramePlan {
  let expected = new Map<string, ExpectedFrames>();
  /** Of the intervals in what is expected. */
  let weight = 0;
  /** By frame rate, until the next interval. */
  const weighed = new Map<number | null, readonly ExpectedFrames[]>();
  const rates = knobs.frameRate.values.map(Number);
  const choice = (rungs: FrameRungs): ExpectedFrames | undefined => expected.get(keyOf(rungs));
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
    const thresholds = {
      pixelFilter: rungOf('pixelFilter'),
      areaFilter: rungOf('areaFilter'),
      edgeFilter: rungOf('edgeFilter'),
    };
    return (frameRate) => choice({ frameRate, ...thresholds })?.frames ?? rateOf(frameRate);
  };

  return {
    observe(options, cut) {
      const before = cut ? 0 : memory * weight;
      weight = before + 1;
      const now = (options ?? []).map(({ choice: asked, frames, loss }): [string, ExpectedFrames] => {
        const rungOf = (name: FrameKnob): number => indexOfValue(knobs[name], asked[name]);
        const rungs = {
          frameRate: rungOf('frameRate'),
          pixelFilter: rungOf('pixelFilter'),
          areaFilter: rungOf('areaFilter'),
          edgeFilter: rungOf('edgeFilter'),
        };
        const key = keyOf(rungs);
        const past = expected.get(key) ?? { frames, loss };
        const mix = (old: number, present: number): number => (before * old + present) / weight;
        return [key, { rungs, frames: mix(past.frames, frames), loss: mix(past.loss, loss) }];
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
      const best = new Map<number, ExpectedFrames>();
      for (const option of expected.values()) {
        if (frameRateRung !== null && option.rungs.frameRate !== frameRateRung) continue;
        const about = Math.ceil(option.frames / FRAME_STEP);
        const rival = best.get(about);
        if (!rival || option.loss < rival.loss || (option.loss === rival.loss && isMoreAlert(option, rival)))
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
