/**
 * What the next interval will take, learnt on line. Key and delta frames answer differently to a knob, so they are kept
 * apart:
 *
 *   key′ = key·exp(Σ s_i·Δx_i)   delta′ = delta·exp(Σ κ_i·s_i·Δx_i)·(frames/frames′)^γ   b′ = keys′·key′ + (frames′ − keys′)·delta′
 *
 * keys′ is the interval's share of a key frame: 1 where every interval starts with one, 1/10 where every tenth does. So what
 * is planned is the mean over a key frame's period, and neither an interval with a key frame nor one without it upsets
 * the plan; the intervals' real bytes lie above and below it. A key frame that a change of codec or resolution forces
 * is not in the plan: such changes are made rare instead (rounding.ts).
 *
 * s_i is a fading mean of what the probes showed; κ_i and γ are corrected by what moves really did (normalised least mean
 * squares); levels are smoothed, since content wanders; and the spread of what is left over is the safety margin that is
 * kept under a budget.
 */
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { aroundPosition, FILTER_KNOBS, type KnobName, type PerKnob } from '../../domain/knob.ts';
import {
  DELTA_GROWTH_EXPONENT,
  meanBytes,
  UNSEEN_DELTA_SHARE,
  type FrameBytes,
} from '../../gradients/bandwidthGrad.ts';
import { clamp } from './clamp.ts';

const LEARNING_RATE = 0.4;
/** Of a slope when the next one is measured: single probes differ by a third, the contents' own slopes by much less. */
const SLOPE_MEMORY = 0.8;
const MIN_STEEPNESS = 0.5;
const MAX_STEEPNESS = 2.5;
/**
 * Where learning starts: as the quantizer gets coarser, delta frames fall faster than key frames; as the picture gets smaller, as fast. Ratio of
 * the two slopes of ln(bytes) on the scenes, 4.2 to 2.7 and 1.6 to 1.6 per ladder.
 */
const INITIAL_STEEPNESS: PerKnob = { quantizer: 1.5, resolution: 1 };
/** A guess for the knobs that were not measured: both kinds of frames answer alike. */
const UNMEASURED_STEEPNESS = 1;
const MIN_GROWTH = 0;
const MAX_GROWTH = 1;
/** What content does to ln(bytes) from one interval to the next: a move of that size teaches as much about the content as about the slopes. */
const CONTENT_MOVE = 0.2;
/**
 * How much of a surprise moves the level. What rises mostly goes on rising, since a street fills for some seconds; of what falls a part is
 * taken for passing content, since a byte too many costs more than one too few.
 */
const RISE_GAIN = 1.1;
const FALL_GAIN = 0.8;
/** Memory of the residuals' spread, per interval: lights turn green every quarter of a minute. */
const SPREAD_MEMORY = 0.9;
const INITIAL_SPREAD = 0.06;
/** Residuals beyond this are scene changes, not noise. */
const LARGEST_RESIDUAL = 0.3;
/** Margin in standard deviations of the residuals, and its bounds, all in ln(bytes). */
const MARGIN_DEVIATIONS = 1.8;
const LEAST_MARGIN = 0.02;
const LARGEST_MARGIN = 0.3;
/**
 * Slopes are probed a rung away, which at night is up to 1.6 times the bytes. A rise in ln(bytes) beyond that, and beyond the first, is underrated by up to so
 * many times the second: from the first second to the next, by 0.4 of 1.4 on crossing and by 0.8 of 1.4 in night rain.
 */
const KNOWN_RISE = 0.3;
const UNDERRATED = 0.8;
/** A knob that costs no bytes would make its price explode; below this a slope counts as this. */
const LEAST_SLOPE = 0.02;
const EPSILON_BYTES = 1;
/** They change which frames there are, not how one is encoded. */
const TIMING: readonly KnobName[] = ['frameRate', 'keyFrameInterval', ...FILTER_KNOBS];

/** Frames and key frames of an interval at a position, not only at ladder values. */
export interface Timing {
  readonly frames: (at: PerKnob) => number;
  readonly keys: (at: PerKnob) => number;
}

export interface RateModel {
  /**
   * Tells the model what an interval took. Call before predicting the next, and before the timing hears of it.
   * @param frames that it sent
   */
  observe(bytes: FrameBytes, frames: number, ran: PerKnob, slopes: PerKnob): void;
  /** Has an interval been observed, so that there is something to predict from? */
  isReady(): boolean;
  /** ∂ ln(bytes)/∂x at what ran. */
  slope(name: KnobName): number;
  /** Predicted bandwidth at a position, Kbps. */
  predict(positions: PerKnob): number;
  /** The same, and for a rise further than slopes are known the most that it may come to. */
  predictAtMost(positions: PerKnob): number;
  /** What to stay under, as a share of the budget, so that the spread seen so far rarely breaks it. */
  margin(): number;
}

interface Level {
  readonly logKey: number;
  readonly logDelta: number;
}

const follow = (expected: number, seen: number): number =>
  expected + (seen > expected ? RISE_GAIN : FALL_GAIN) * (seen - expected);

/** @param steps distance of two neighbours, per knob */
export function createRateModel(timing: Timing, steps: Record<KnobName, number>): RateModel {
  const steepness: Partial<Record<KnobName, number>> = {};
  let growth = DELTA_GROWTH_EXPONENT;
  let slopes: PerKnob = {};
  let ran: PerKnob = {};
  let level: Level | undefined;
  let variance = INITIAL_SPREAD ** 2;

  /** What moving to a position does to ln(key), knob by knob. */
  const moves = (at: PerKnob): [KnobName, number][] =>
    (Object.keys(at) as KnobName[])
      .filter((name) => !TIMING.includes(name))
      .map((name) => [name, (slopes[name] ?? 0) * ((at[name] ?? 0) - (ran[name] ?? 0))]);
  const steepnessOf = (name: KnobName): number =>
    steepness[name] ?? INITIAL_STEEPNESS[name] ?? UNMEASURED_STEEPNESS;
  const gapOf = (at: PerKnob): number => Math.log(timing.frames(ran) / timing.frames(at));

  const levelAt = (at: PerKnob, from: Level): Level => {
    const list = moves(at);
    return {
      logKey: from.logKey + list.reduce((sum, [, move]) => sum + move, 0),
      logDelta:
        from.logDelta +
        list.reduce((sum, [name, move]) => sum + steepnessOf(name) * move, 0) +
        growth * gapOf(at),
    };
  };
  const kbps = ({ logKey, logDelta }: Level, at: PerKnob, frames = timing.frames(at)): number => {
    const bytes = { keyBytes: Math.exp(logKey), meanDeltaBytes: Math.exp(logDelta) };
    return (meanBytes(bytes, frames, timing.keys(at)) * 8) / 1000 / INTERVAL_SECONDS;
  };

  const learn = (surprise: number, at: PerKnob): void => {
    const list = moves(at);
    const gap = gapOf(at);
    const power = list.reduce((sum, [, move]) => sum + move * move, gap * gap);
    const gain = (LEARNING_RATE * surprise) / (power + CONTENT_MOVE ** 2);
    for (const [name, move] of list) {
      steepness[name] = clamp(steepnessOf(name) + gain * move, MIN_STEEPNESS, MAX_STEEPNESS);
    }
    growth = clamp(growth + gain * gap, MIN_GROWTH, MAX_GROWTH);
  };

  const predict = (at: PerKnob): number => (level ? kbps(levelAt(at, level), at) : 0);
  /** No further than a rung away on any knob: no two were probed together, but what they do to ln(bytes) adds up. */
  const asProbed = (at: PerKnob): PerKnob =>
    Object.fromEntries(
      (Object.keys(at) as KnobName[]).map((name) => {
        const from = ran[name] ?? 0;
        return [name, clamp(at[name] ?? 0, from - steps[name], from + steps[name])];
      }),
    );

  return {
    predict,
    predictAtMost(at) {
      const [present, kbps] = [predict(ran), predict(at)];
      const rise = Math.log(kbps / present);
      if (rise <= KNOWN_RISE) return kbps;
      const known = Math.max(KNOWN_RISE, Math.log(predict(asProbed(at)) / present));
      return rise > known ? kbps * Math.exp(UNDERRATED * (rise - known)) : kbps;
    },
    isReady: () => level !== undefined,
    observe({ keyBytes, meanDeltaBytes }, frames, at, measuredSlopes) {
      const logKey = Math.log(Math.max(EPSILON_BYTES, keyBytes));
      const seenDelta = meanDeltaBytes === null ? null : Math.log(Math.max(EPSILON_BYTES, meanDeltaBytes));
      if (!level) {
        level = { logKey, logDelta: seenDelta ?? logKey + Math.log(UNSEEN_DELTA_SHARE) };
      } else {
        const expected = levelAt(at, level);
        const logDelta = seenDelta ?? expected.logDelta;
        const residual = Math.log(kbps({ logKey, logDelta }, at, frames) / kbps(expected, at));
        variance =
          SPREAD_MEMORY * variance +
          (1 - SPREAD_MEMORY) * clamp(residual, -LARGEST_RESIDUAL, LARGEST_RESIDUAL) ** 2;
        const surprise = clamp(logDelta - expected.logDelta, -LARGEST_RESIDUAL, LARGEST_RESIDUAL);
        learn(surprise, at);
        level = {
          logKey: follow(expected.logKey, logKey),
          logDelta: follow(expected.logDelta, logDelta),
        };
      }
      ran = at;
      for (const [key, slope] of Object.entries(measuredSlopes)) {
        const before = slopes[key as KnobName];
        slopes = {
          ...slopes,
          [key]: before === undefined ? slope : SLOPE_MEMORY * before + (1 - SLOPE_MEMORY) * slope,
        };
      }
    },
    slope(name) {
      const [below, above] = aroundPosition(ran[name] ?? 0, steps[name]);
      const at = (position: number): PerKnob => ({ ...ran, [name]: position });
      return Math.max(LEAST_SLOPE, Math.log(predict(at(above)) / predict(at(below))) / (above - below));
    },
    margin: () => Math.exp(-clamp(MARGIN_DEVIATIONS * Math.sqrt(variance), LEAST_MARGIN, LARGEST_MARGIN)),
  };
}
