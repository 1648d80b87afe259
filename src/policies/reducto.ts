/**
 * Reducto (Li et al., SIGCOMM 2020): the sensor drops frames that differ little from the last one sent. How little is too
 * little, a table says, which maps how an interval's frames differ from each other to the threshold that kept accuracy in
 * intervals that differed alike.
 *
 * Rule, as the authors' code has it (hashbuilder/hash_builder.py, simulator.py, differencer/diff_processor.py):
 * - the first intervals are sent whole. For each, the table gets its consecutive differences and the largest threshold under
 *   which F1 would have stayed above the target, a dropped frame showing the last kept one's detections. What has changed
 *   since the last kept frame is taken to be the sum of the consecutive differences;
 * - of an interval that has been captured, differences go into a histogram of 30 bins over the range seen in the table. The five
 *   entries with the nearest histograms (Euclidean) vote for their thresholds, each with the inverse of its distance;
 * - where the five distances add up to more than 1.9, nothing alike is known: the interval is sent whole and joins the table.
 *   The authors choose that bound for each video and query, from 0.3 to 4; 1.9 is what two of their four videos have for
 *   detection by the edge feature.
 *
 * Charged: its frames' bytes and inferences; in intervals that are sent whole, all of them. The table is made of what the
 * server has seen anyway. The differences are the sensor's own, before the encoder.
 *
 * Departures: thresholds are the rungs of the lab's ladder, 0 among them, where the authors profile a fixed list of each video;
 * the margin above the target that they choose for each video is none; F1 stands for their mAP; one
 * table serves the run. In the sensor a frame is held against the last one sent itself, not against a sum of
 * differences, which is never less for the edge feature: the table expects more frames than are sent. The other two features
 * stay off. The paper changes no bit rate: rateKeeper.ts is ours, so under a budget detections of the
 * table may be of another quantizer.
 */
import { createFrameGate, type Configuration } from '../domain/configuration.ts';
import { f1 } from '../domain/accuracy.ts';
import type { ReductoOptions } from '../domain/experiment.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { FrameSeen, Differences, Policy, PolicyContext } from './policy.ts';
import { rateKept } from './rateKeeper.ts';
import { givenConfiguration } from './ungraded.ts';

const BINS = 30;
const NEIGHBOURS = 5;
/** Sum of the neighbours' distances above which nothing alike is known. */
const FAR = 1.9;
/** The table forgets its oldest entries beyond this, so that a run of a day stays small. */
const MOST_ENTRIES = 300;

const FILTERS_OFF = { pixelFilter: 0, areaFilter: 0, edgeFilter: 0 } as const;

/** An interval that was sent whole. */
interface Entry {
  /** Of each capture to the one before, the interval's first left out; shares of the frame. */
  readonly differences: readonly number[];
  /** % of the frame. */
  readonly threshold: number;
}

/**
 * Mean F1 of an interval under a threshold, each capture's detections standing for the truth about it.
 * @param differences of each capture to the one before, shares of the frame
 * @param threshold % of the frame
 */
export function accuracyUnder(
  threshold: number,
  differences: readonly number[],
  seen: readonly FrameSeen[],
  frameRate: number,
): number {
  const isTurn = createFrameGate(frameRate, CAPTURE_FPS);
  let shown = seen[0];
  let changed = 0;
  const scores = seen.map((frame, i) => {
    changed += differences[i] ?? 0;
    if (isTurn(i) && changed * 100 >= threshold) {
      shown = frame;
      changed = 0;
    }
    return f1(shown?.detections ?? [], frame.detections);
  });
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

/** Shares of the values in each bin; what is outside the range is in none. */
function histogram(values: readonly number[], low: number, high: number): number[] {
  const bins = new Array<number>(BINS).fill(0);
  const width = (high - low) / BINS;
  for (const value of values) {
    if (value < low || value > high) continue;
    const bin = width === 0 ? 0 : Math.min(BINS - 1, Math.floor((value - low) / width));
    bins[bin] = (bins[bin] ?? 0) + 1 / values.length;
  }
  return bins;
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));

/** @returns the threshold that the nearest entries vote for; null where nothing alike is known */
export function lookUp(table: readonly Entry[], differences: readonly number[]): number | null {
  const all = table.flatMap((entry) => entry.differences);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const own = histogram(differences, low, high);
  const nearest = table
    .map((entry) => ({
      threshold: entry.threshold,
      distance: distance(own, histogram(entry.differences, low, high)),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
  const sum = nearest.reduce((total, entry) => total + entry.distance, 0);
  if (nearest.length === 0 || sum > FAR * (nearest.length / NEIGHBOURS)) return null;
  const isSame = nearest.some((entry) => entry.distance === 0);
  const votes = new Map<number, number>();
  for (const entry of nearest) {
    // One that is the very same leaves no vote to the others.
    const weight = isSame ? Number(entry.distance === 0) : 1 / entry.distance;
    votes.set(entry.threshold, (votes.get(entry.threshold) ?? 0) + weight);
  }
  // Of equals the more careful one.
  const [elected] = [...votes].sort(([a, x], [b, y]) => y - x || a - b);
  return elected?.[0] ?? null;
}

/** @throws Error when the configuration holds a value that is not on its ladder */
export function createReducto(
  {
    feature,
    profiledIntervals,
    targetAccuracy,
    configuration,
  }: ReductoOptions & { readonly configuration: Partial<Configuration> },
  context: PolicyContext,
): Policy {
  const { knobs } = context;
  const base = { ...givenConfiguration(configuration, context), ...FILTERS_OFF };
  const kept = rateKept(context, base);
  /** Large to small, as the ladder lists them; 0 sends everything. */
  const thresholds = knobs[feature].values.map(Number);
  let table: readonly Entry[] = [];

  /** The interval's first capture is held against nothing. */
  const ownOf = (differences: Differences): readonly number[] => differences[feature].slice(1);
  const known = (differences: Differences): number | null =>
    table.length < profiledIntervals ? null : lookUp(table, ownOf(differences));

  return {
    ...kept,
    filter: (differences) => ({ ...FILTERS_OFF, [feature]: known(differences) ?? 0 }),
    next(observation) {
      const { differences, seen, configuration: ran } = observation;
      // A live run that missed captures cannot say what each of them showed.
      const isWhole = differences !== null && seen.length === differences[feature].length;
      if (isWhole && known(differences) === null) {
        const keeps = (threshold: number): boolean =>
          accuracyUnder(threshold, differences[feature], seen, ran.frameRate) > targetAccuracy;
        const entry = { differences: ownOf(differences), threshold: thresholds.find(keeps) ?? 0 };
        table = [...table, entry].slice(-Math.max(MOST_ENTRIES, profiledIntervals));
      }
      return kept.next(observation);
    },
  };
}
