/** What `npm run sweep` reads: sources × budgets × policies × seeds, and the fields of an experiment that all share. */
import { z } from 'zod';
import type { Budget } from '../../src/domain/budget.ts';
import type { GridSpec } from '../../src/domain/comparison.ts';
import type {
  DetectorSpec,
  Experiment,
  GpuCost,
  PolicySpec,
  SourceSpec,
} from '../../src/domain/experiment.ts';
import { KNOB_NAMES, type KnobName } from '../../src/domain/knob.ts';
import { withoutUndefined } from '../../src/reports/exact.ts';
import { experimentKeys, knobsSchema } from '../../src/reports/experimentSchema.ts';
import { must, sentenceOf } from '../../src/reports/sentence.ts';

export interface SweepSource {
  /** Names it in tables and files. */
  readonly name: string;
  readonly source: SourceSpec;
  /** The sweep's own where it has none. */
  readonly detector?: DetectorSpec;
  readonly seconds?: number | null;
  /** Of its detector. */
  readonly gpuCost?: GpuCost | null;
}

export interface SweepPolicy {
  readonly label: string;
  /** Policies of one curve are joined in figures and tables, such as one at several prices; its label where it has none. */
  readonly curve: string;
  readonly policy: PolicySpec;
  /** In place of the sweep's. */
  readonly budgets?: readonly Budget[];
  /** Those of the sweep's knobs that it may move; absent: all. */
  readonly knobs?: readonly KnobName[];
}

type Shared = 'detector' | 'knobs' | 'backend' | 'codec' | 'tileGrid' | 'tilePins' | 'link' | 'gpuCost';

export interface Sweep extends Pick<Experiment, Shared> {
  readonly sources: readonly SweepSource[];
  readonly budgets: readonly Budget[];
  readonly policies: readonly SweepPolicy[];
  readonly seeds: readonly number[];
  readonly seconds?: number | null;
  readonly grid: GridSpec | null;
}

/** 60 configurations on the usual ladders. */
const DEFAULT_GRID: GridSpec = { resolution: 4, quantizer: 5, frameRate: 3 };

const NAME = 'a name of letters, digits, ".", "-" and "_", another one for each source';
const name = z.string(must(NAME)).regex(/^[\w.-]+$/, must(NAME));

const { source, detector, seconds, gpuCost, policy, budget, seed } = experimentKeys;

const some = <T extends z.ZodType>(item: T, what: string) => {
  const be = must(`a list of at least one ${what}`);
  return z.array(item, be).min(1, be);
};
/** No two items that look alike by what is taken of them. */
const different = (taken: (item: unknown) => unknown) => (items: readonly unknown[]) =>
  new Set(items.map((item) => JSON.stringify(taken(item)))).size === items.length;

const sweepSource = z.strictObject(
  {
    name,
    source: source.refine(({ kind }) => kind !== 'webcam', must('a scene, a clip or a playlist')),
    detector: detector.unwrap().optional(),
    seconds,
    gpuCost: gpuCost.unwrap().optional(),
  },
  must('{"name": …, "source": …, "detector"?: …, "seconds"?: …, "gpuCost"?: …}'),
);

const budgets = some(budget.unwrap(), '{"bandwidthKbps": …, "gpuMsPerSecond": …}').refine(
  different((item) => item),
  must('budgets that differ'),
);

const LABEL = 'a label of at most 40 characters';
const label = z.string(must(LABEL)).min(1, must(LABEL)).max(40, must(LABEL));
const contender = z
  .strictObject(
    {
      ...{ label: label.optional(), curve: label.optional() },
      policy: policy.unwrap(),
      budgets: budgets.optional(),
      knobs: knobsSchema.optional(),
    },
    must('{"label"?: …, "curve"?: …, "policy": "oneadapt" or {…}, "budgets"?: …, "knobs"?: …}'),
  )
  .transform(({ label: given, curve, ...item }) => {
    const named = given ?? item.policy.name;
    return { ...item, label: named, curve: curve ?? named };
  });

const RUNGS = 'how many rungs of the ladder are tried, a whole number from 1 to 20';
const rungs = z.int(must(RUNGS)).min(1, must(RUNGS)).max(20, must(RUNGS));

const { knobs, backend, codec, tileGrid, tilePins, link } = experimentKeys;
const schema = z.strictObject(
  {
    sources: some(sweepSource, '{"name": …, "source": …}').refine(
      different((item) => (item as SweepSource).name),
      must('sources of different names'),
    ),
    budgets,
    policies: some(contender, '{"policy": …}').refine(
      different((item) => (item as SweepPolicy).label),
      must('policies of different labels: give those of one name a "label" each'),
    ),
    seeds: some(seed.unwrap(), 'seed')
      .refine(
        different((item) => item),
        must('seeds that differ'),
      )
      .default([1]),
    grid: z
      .partialRecord(z.enum(KNOB_NAMES), rungs, must('{"resolution": 4, …}, or null for none'))
      .refine(
        (grid) => grid.tiles === undefined,
        must('a grid without tiles: a static configuration of the grid gives none up'),
      )
      .nullable()
      .default(DEFAULT_GRID),
    ...{ detector, seconds, knobs, backend, codec, tileGrid, tilePins, link, gpuCost },
  },
  must('an object with at least "sources", "budgets" and "policies"'),
);

/** @throws Error where a policy is to move a knob that is not in play */
function checkKnobs({ knobs: inPlay, policies }: Pick<Sweep, 'knobs' | 'policies'>): void {
  for (const { label: named, knobs: own = [] } of policies) {
    const other = own.find((knob) => !inPlay.includes(knob));
    if (other !== undefined)
      throw new Error(
        `${named} is to move ${other}, which is not among the sweep's "knobs" (${inPlay.join(', ')}); name it there, or leave it out here.`,
      );
  }
}

/**
 * Checks a sweep and fills in what is left out.
 * @param json the parsed JSON
 * @throws Error in one sentence naming the path or the policy, what stands there and what is allowed
 */
export function parseSweep(json: unknown): Sweep {
  const result = schema.safeParse(json);
  if (!result.success) throw new Error(sentenceOf(result.error, 'The sweep', json));
  const sweep: Sweep = withoutUndefined(result.data);
  checkKnobs(sweep);
  return sweep;
}
