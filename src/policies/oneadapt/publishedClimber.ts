/**
 * The published ascent (OneAdapt, SoCC 2023, section 4, and the authors' code): this interval's AccGrads as they are, in units of the first
 * interval's largest, less the weighted gradients of the resources; one step of Adam an interval. The authors' weight is fixed; under a
 * hard budget, which they have not, it is a price that follows the use one step an interval (ours, as is `priceRate`).
 */
import type { KnobName } from '../../domain/knob.ts';
import { createAdam } from './adam.ts';
import { clamp } from './clamp.ts';
import type { Climber } from './climber.ts';
import { stepPrice } from './prices.ts';

export interface PublishedOptions {
  readonly learningRate: number;
  readonly beta: number;
  readonly priceRate: number;
}

export function createPublishedClimber(
  { learningRate, beta, priceRate }: PublishedOptions,
  climbing: readonly KnobName[],
): Climber {
  const adam = createAdam(learningRate, beta);
  let firstScale: number | undefined;
  return {
    observe(told, _observation, _positions, idleScale) {
      firstScale ??=
        told.length === 0 ? idleScale() : Math.max(...told.map(([, value]) => Math.abs(value)), 1e-12);
      const scale = firstScale;
      return { unit: Object.fromEntries(told.map(([name, value]) => [name, value / scale])), scale };
    },
    climb({
      positions,
      prices,
      direction: { unit, scale },
      bandwidthGrads,
      gpuGrads,
      budget,
      fixedPrices,
      used,
    }) {
      // One step an interval on what was measured, as the authors' loop would.
      const stepped = (use: number, bound: number | null, price: number): number =>
        bound === null ? 0 : stepPrice(price / scale, use / bound, priceRate);
      const next = {
        bandwidth:
          fixedPrices.bandwidth + stepped(used.bandwidthKbps, budget.bandwidthKbps, prices.bandwidth),
        gpu: fixedPrices.gpu + stepped(used.gpuMsPerSecond, budget.gpuMsPerSecond, prices.gpu),
      };
      const net = (name: KnobName): number =>
        (unit[name] ?? 0) - next.bandwidth * (bandwidthGrads[name] ?? 0) - next.gpu * (gpuGrads[name] ?? 0);
      const seen = climbing.filter((name) => unit[name] !== undefined);
      const change = adam.step(Object.fromEntries(seen.map((name) => [name, net(name)])));
      return {
        positions: Object.fromEntries(
          climbing.map((name) => [name, clamp((positions[name] ?? 0) + (change[name] ?? 0), 0, 1)]),
        ),
        unitPrices: next,
        isBound: false,
      };
    },
    loss: () => 0,
  };
}
