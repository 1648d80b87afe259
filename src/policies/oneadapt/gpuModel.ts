/** Detector time that an interval takes at a position, also between the rungs of a ladder. */
import type { Knobs } from '../../domain/configuration.ts';
import type { GpuCost, PassCost } from '../../domain/experiment.ts';
import { costFactors } from '../../domain/gpuCost.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { aroundPosition, stepOf, type KnobName, type PerKnob } from '../../domain/knob.ts';
import { SERVER_KNOBS, type ServerKnob } from '../../domain/serverKnobs.ts';
import { along } from './along.ts';

export interface GpuModel {
  /** Milliseconds a second: passes on frames, the backward pass, and the look of the neighbouring member. */
  readonly use: (at: PerKnob) => number;
  /** ∂use/∂x, per full ladder; without the neighbour's look, whose cost is no knob's doing. */
  readonly slope: (name: KnobName, at: PerKnob) => number;
}

export interface GpuSetting {
  readonly knobs: Knobs;
  /** Knobs that move and are probed. */
  readonly active: readonly KnobName[];
  /** Positions of those that a position leaves out. */
  readonly rest: Readonly<Record<KnobName, number>>;
  /** Frames sent in an interval at a position. */
  readonly frames: (at: PerKnob) => number;
}

/** @param backward does the interval end with a backward pass? */
export function createGpuModel(
  { knobs, active, rest, frames }: GpuSetting,
  cost: GpuCost,
  backward: boolean,
): GpuModel {
  const factorsOf = (name: ServerKnob): Record<keyof PassCost, number[]> => ({
    inferenceMs: costFactors(knobs[name], cost, 'inferenceMs'),
    backwardMs: costFactors(knobs[name], cost, 'backwardMs'),
  });
  const positionIn = (at: PerKnob, name: KnobName): number => at[name] ?? rest[name];
  const moving = SERVER_KNOBS.filter((name) => active.includes(name));
  const factors = moving.map((name) => [name, factorsOf(name)] as const);
  /** Of a pass with the others where they stand. */
  const standing = (kind: keyof PassCost): number =>
    SERVER_KNOBS.filter((name) => !moving.includes(name)).reduce(
      (ms, name) => ms * along(factorsOf(name)[kind], rest[name]),
      cost[kind],
    );
  const base = { inferenceMs: standing('inferenceMs'), backwardMs: standing('backwardMs') };

  const pass = (at: PerKnob, kind: keyof PassCost): number =>
    factors.reduce((ms, [name, of]) => ms * along(of[kind], positionIn(at, name)), base[kind]);
  const passes = (at: PerKnob): number =>
    (frames(at) * pass(at, 'inferenceMs') + (backward ? pass(at, 'backwardMs') : 0)) / INTERVAL_SECONDS;

  /** The dearer neighbour looks, at the top of the ladder the cheaper one (engine/evidence.ts). */
  const lookOfNeighbour = (at: PerKnob): number => {
    if (!active.includes('member')) return 0;
    const x = positionIn(at, 'member');
    const step = stepOf(knobs.member);
    return pass({ ...at, member: x + step <= 1 + 1e-9 ? x + step : x - step }, 'inferenceMs');
  };

  return {
    use: (at) => passes(at) + lookOfNeighbour(at) / INTERVAL_SECONDS,
    slope: (name, at) => {
      const [below, above] = aroundPosition(positionIn(at, name), stepOf(knobs[name]));
      return (passes({ ...at, [name]: above }) - passes({ ...at, [name]: below })) / (above - below);
    },
  };
}
