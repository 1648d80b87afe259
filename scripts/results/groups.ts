/** Sources that are put together, and what stands beside the policies on them. */
import type { Budget, Resource } from '../../src/domain/budget.ts';
import type { PolicySpec } from '../../src/domain/experiment.ts';
import type { Outcome } from '../../src/domain/hindsight.ts';
import { meanOutcomes, meanStatics, policyOutcomes, sharedFrontier } from '../sweep/means.ts';
import type { Spent } from '../sweep/lookingBack.ts';
import type { Hindsight, Results } from '../sweep/results.ts';

/** A way to spend bytes, by what it reached. */
export interface Way {
  readonly label: string;
  readonly outcomes: readonly Outcome[];
  /** Charged for what it does; nobody is for hindsight. */
  readonly isCharged: boolean;
}

export interface Group {
  readonly title: string;
  /** Of each place of the grid; empty where grids are not alike. */
  readonly statics: readonly Outcome[];
  readonly ways: readonly Way[];
}

const KINDS = { playlist: 'Playlists', scene: 'Scenes', clip: 'Clips', webcam: 'Webcam' } as const;

/** All sources, and those of each kind where there is more than one kind. */
export function groupsOf(results: Results, resource: Resource = 'bandwidth'): Group[] {
  const { sources } = results.sweep;
  const kinds = [...new Set(sources.map(({ source }) => source.kind))];
  const all = groupOf(results, resource, 'All sources', () => true);
  if (kinds.length < 2) return [all];
  return [
    all,
    ...kinds.map((kind) => {
      const names = sources.filter(({ source }) => source.kind === kind).map(({ name }) => name);
      return groupOf(results, resource, KINDS[kind], (source) => names.includes(source));
    }),
  ];
}

/** One source, over its seeds. */
export const sourceGroup = (results: Results, name: string, resource: Resource = 'bandwidth'): Group =>
  groupOf(results, resource, name, (source) => source === name);

/**
 * Where the other resource is scarce, what a policy needs of this one is another question. Detector time is by a budget or a price,
 * else bandwidth.
 */
function isAbout(resource: Resource, { bandwidthKbps, gpuMsPerSecond }: Budget, policy: PolicySpec): boolean {
  const priced = (price: 'bandwidthPrice' | 'gpuPrice'): boolean =>
    policy.name === 'oneadapt' && typeof policy[price] === 'number';
  const isGpuScarce = gpuMsPerSecond !== null || priced('gpuPrice');
  if (resource === 'bandwidth') return !isGpuScarce;
  return isGpuScarce && bandwidthKbps === null && !priced('bandwidthPrice');
}

/** What is held against F1: of detector time, milliseconds a second stand where kbps are named. */
const measured = <T extends Spent>(resource: Resource, figures: T): T =>
  resource === 'bandwidth' ? figures : { ...figures, bandwidthKbps: figures.gpuMsPerSecond };

function groupOf(
  results: Results,
  resource: Resource,
  title: string,
  isIn: (source: string) => boolean,
): Group {
  const hindsight = results.hindsight
    .filter(({ source }) => isIn(source))
    .map((one) => ({ ...one, statics: one.statics.map((figures) => measured(resource, figures)) }));
  const back = hindsight.map(({ lookingBack }) =>
    lookingBack[resource].map((figures) => measured(resource, figures)),
  );
  const free = (label: string, of: (one: Hindsight) => readonly Outcome[]): Way[] =>
    hindsight.length === 0 ? [] : [{ label, outcomes: sharedFrontier(hindsight.map(of)), isCharged: false }];
  return {
    title,
    statics: meanStatics(hindsight),
    ways: [
      ...free('Best static of each source', ({ statics }) => statics),
      // The oracles are of bytes.
      ...(resource === 'bandwidth'
        ? [
            ...free('Oracle, split halves', (one) => one.splitHalfOracle),
            ...free('Oracle, every second', ({ oracle }) => oracle),
          ]
        : []),
      ...(back.length === 0
        ? []
        : [{ label: 'Looking back, all known', outcomes: meanOutcomes(back), isCharged: false }]),
      ...policyOutcomes(results, ({ source }) => isIn(source)).map(({ label, outcomes }) => ({
        label,
        outcomes: outcomes
          .flatMap((outcome) => outcome ?? [])
          .filter(({ budget, policy }) => {
            const run = results.sweep.policies.find(({ label }) => label === policy);
            return run !== undefined && isAbout(resource, budget, run.policy);
          })
          .map((figures) => measured(resource, figures)),
        isCharged: true,
      })),
    ],
  };
}
