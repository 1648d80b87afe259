import { expect, it } from 'vitest';
import { NO_BUDGET } from '../../domain/budget.ts';
import { PUBLISHED_ONEADAPT, type OneAdaptOptions } from '../../domain/experiment.ts';
import { observe, policyOf } from './testPipeline.ts';

/** Positions over five intervals. */
function climbed(changed: Partial<OneAdaptOptions>, passMs: number): number[][] {
  const policy = policyOf({ ...changed, bandwidthPrice: 0.05 });
  let { configuration } = policy.first();
  return Array.from({ length: 5 }, () => {
    const gpuCost = { inferenceMs: passMs, backwardMs: passMs };
    const next = policy.next({ ...observe(configuration, NO_BUDGET, 1), gpuCost });
    ({ configuration } = next);
    return Object.values(next.positions);
  });
}

it.each([{}, PUBLISHED_ONEADAPT])(
  'climbs where detector time costs nothing as where it costs next to nothing',
  (changed) => {
    const free = climbed(changed, 0);
    const nearlyFree = climbed(changed, 1e-6);
    expect(free.flat().every(Number.isFinite)).toBe(true);
    free.forEach((positions, index) => {
      positions.forEach((position, at) => expect(position).toBeCloseTo(nearlyFree[index]?.[at] ?? NaN, 6));
    });
  },
);
