/**
 * A sweep as jobs. A job is a source with a seed: all budgets × policies see the same frames in lockstep, the grid beside them,
 * so that a grid is paid once and what is encoded alike is looked at once. What a job gives are its cells.
 */
import { createHash } from 'node:crypto';
import type { Budget } from '../../src/domain/budget.ts';
import type { Comparison } from '../../src/domain/comparison.ts';
import type { Experiment, GpuCost } from '../../src/domain/experiment.ts';
import { parseExperiment } from '../../src/reports/index.ts';
import type { Sweep } from './parseSweep.ts';

export interface Job {
  /** Name of the source. */
  readonly source: string;
  readonly seed: number;
  /** Contenders are policy by policy, budget by budget. */
  readonly comparison: Comparison;
  /** Label of each contender's policy. */
  readonly policies: readonly string[];
}

export function budgetText({ bandwidthKbps, gpuMsPerSecond }: Budget): string {
  const parts = [
    ...(bandwidthKbps === null ? [] : [`${bandwidthKbps} kbps`]),
    ...(gpuMsPerSecond === null ? [] : [`${gpuMsPerSecond} ms/s`]),
  ];
  return parts.join(', ') || 'no budget';
}

/** @throws Error in a sentence where a source has no end */
export function jobsOf(sweep: Sweep): Job[] {
  const { sources, budgets, policies, seeds, grid, seconds, ...shared } = sweep;
  const cells = policies.flatMap(({ label, policy, budgets: own, knobs }) =>
    (own ?? budgets).map((budget) => ({ label, policy, budget, ...(knobs ? { knobs } : {}) })),
  );
  const contenders = cells.map(({ label, ...cell }) => ({
    name: `${label}, ${budgetText(cell.budget)}`,
    ...cell,
  }));
  return sources.flatMap(({ name, ...own }) => {
    // A playlist is as long as its items say.
    const ofAll = own.source.kind === 'playlist' ? undefined : seconds;
    const wanted = own.seconds === undefined ? ofAll : own.seconds;
    if (own.source.kind === 'scene' && wanted === null)
      throw new Error(`The scene of ${name} never ends: give it a length in "seconds".`);
    const gpuCost = own.gpuCost ?? (own.detector === undefined ? shared.gpuCost : null);
    return seeds.map((seed): Job => {
      const experiment = parseExperiment({
        ...{ ...shared, ...own, seed, gpuCost },
        seconds: wanted,
        policy: policies[0]?.policy,
      });
      const comparison = { experiment, contenders, grid };
      return { source: name, seed, comparison, policies: cells.map(({ label }) => label) };
    });
  });
}

/** Jobs of the same kind are charged the same for a pass. */
export const costKind = ({ comparison: { experiment } }: Job): string =>
  canonical([experiment.detector, experiment.backend]);

export function withCost(job: Job, gpuCost: GpuCost | null): Job {
  const { comparison } = job;
  if (comparison.experiment.gpuCost || !gpuCost) return job;
  const experiment: Experiment = { ...comparison.experiment, gpuCost };
  return { ...job, comparison: { ...comparison, experiment } };
}

/** Every n-th job, counted from 1. */
export const shardOf = <T>(jobs: readonly T[], { index, of }: { index: number; of: number }): T[] =>
  jobs.filter((_, place) => place % of === index - 1);

/**
 * Names what a job gives: the same key, the same figures.
 * @param lab what the lab is made of
 * @param files digests of the clips and models that it reads
 */
export const jobKey = ({ comparison, source }: Job, lab: string, files: readonly string[]): string =>
  createHash('sha256')
    .update(canonical([source, comparison, lab, files]))
    .digest('hex')
    .slice(0, 20);

/** JSON whose keys are in order, whatever order they were written in. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
