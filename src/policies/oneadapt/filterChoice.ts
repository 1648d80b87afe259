/**
 * The frame filter's thresholds, and the frame rate where it may move too, at a place of the other knobs: of all choices that were tried
 * (framePlan.ts), the one that is worth most.
 */
import { indicesOf, positionsOf, type Configuration, type Knobs } from '../../domain/configuration.ts';
import { stepOf, type FrameKnob, type KnobName, type PerKnob } from '../../domain/knob.ts';
import type { ExpectedFrames, FramePlan } from './framePlan.ts';
import type { Steering } from '../policy.ts';
import type { Resources } from './resources.ts';

export interface FilterChooser {
  /** The place with the thresholds that drop as much as they can. */
  cheapest(at: PerKnob): PerKnob;
  /** The same with those that drop as little as they can. */
  dearest(at: PerKnob): PerKnob;
  /**
   * The place with the thresholds of most worth; undefined where none fits, or there is no filter.
   * @param worth of a choice and the place that it makes; of equals the one that sends more is taken
   */
  best(
    at: PerKnob,
    worth: (choice: ExpectedFrames, place: PerKnob) => number,
    fits: (place: PerKnob) => boolean,
  ): PerKnob | undefined;
  /** What the thresholds can lose at most at a place; 0 without a filter. */
  span(at: PerKnob): number;
}

/**
 * @param moving those of the knobs that may move: none, or the thresholds, with the frame rate or without it
 * @param frameRateRung where a place leaves the frame rate out
 */
export function createFilterChooser(
  frames: FramePlan,
  moving: readonly FrameKnob[],
  frameRateRung: number,
  steps: Readonly<Record<KnobName, number>>,
): FilterChooser {
  const choicesAt = ({ frameRate }: PerKnob): readonly ExpectedFrames[] => {
    if (moving.length === 0) return [];
    if (moving.includes('frameRate')) return frames.choices(null);
    return frames.choices(frameRate === undefined ? frameRateRung : Math.round(frameRate / steps.frameRate));
  };
  const placeOf = (at: PerKnob, choice: ExpectedFrames | undefined): PerKnob =>
    choice
      ? { ...at, ...Object.fromEntries(moving.map((name) => [name, choice.rungs[name] * steps[name]])) }
      : at;
  return {
    cheapest: (at) => placeOf(at, choicesAt(at)[0]),
    dearest: (at) => placeOf(at, choicesAt(at).at(-1)),
    best(at, worth, fits) {
      let best: { readonly place: PerKnob; readonly value: number } | undefined;
      for (const choice of choicesAt(at)) {
        const place = placeOf(at, choice);
        const value = worth(choice, place);
        // Those that send more come later.
        if ((!best || value >= best.value) && fits(place)) best = { place, value };
      }
      return best?.place;
    },
    span(at) {
      const choices = choicesAt(at);
      return (choices[0]?.loss ?? 0) - (choices.at(-1)?.loss ?? 0);
    },
  };
}

/** What pushes and pulls a threshold or the frame rate, from the rung on which it ran to its neighbour; undefined where one of them was not tried. */
export function filterSteering(
  frames: FramePlan,
  knobs: Knobs,
  ran: Configuration,
  name: FrameKnob,
  { bandwidth, gpu }: Resources,
): Steering | undefined {
  const rungs = indicesOf(knobs, ran);
  const offset = rungs[name] + 1 < knobs[name].values.length ? 1 : -1;
  const here = frames.choice(rungs)?.loss;
  const moved = frames.choice({ ...rungs, [name]: rungs[name] + offset })?.loss;
  if (here === undefined || moved === undefined) return undefined;
  const from = positionsOf(knobs, ran);
  const step = offset * stepOf(knobs[name]);
  const there = { ...from, [name]: from[name] + step };
  const change = (use: (at: PerKnob) => number): number => (use(there) - use(from)) / step;
  return {
    accGrad: (here - moved) / step,
    bandwidthGrad: change(bandwidth.use) / bandwidth.unit,
    gpuGrad: change(gpu.use) / (gpu.target < Infinity ? gpu.unit : gpu.use(from) || 1),
  };
}
