/** The policies that can be ticked: each with the options that it has where none is named. */
import type { Budget } from '../../domain/budget.ts';
import type { Contender, GridSpec } from '../../domain/comparison.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { defaultPolicy, PUBLISHED_ONEADAPT, RIVAL_NAMES, type PolicySpec } from '../../domain/experiment.ts';
import type { KnobName } from '../../domain/knob.ts';
import type { TermName } from '../help/glossary.ts';
import { POLICY_TERMS } from '../help/policyTerms.ts';

export const CHOICES = ['oneadapt', 'published', 'static', ...RIVAL_NAMES] as const;
export type ChoiceName = (typeof CHOICES)[number];

export const CHOICE_TERMS: Readonly<Record<ChoiceName, TermName>> = {
  ...POLICY_TERMS,
  published: 'publishedOneAdapt',
};

/** Short enough for a chart. */
export const CHOICE_TITLES: Readonly<Record<ChoiceName, string>> = {
  oneadapt: 'OneAdapt',
  published: 'OneAdapt 2023',
  static: 'Static',
  chameleon: 'Chameleon',
  awstream: 'AWStream',
  reducto: 'Reducto',
  eaar: 'EAAR',
  accmpeg: 'AccMPEG',
  dds: 'DDS',
};

/** @param standing where the knobs stand, for the static one; what it leaves out is at its most expensive */
function policyOf(name: ChoiceName, standing: Partial<Configuration>): PolicySpec {
  if (name === 'published') return { name: 'oneadapt', ...PUBLISHED_ONEADAPT };
  if (name === 'static') return { name, configuration: standing };
  return defaultPolicy(name);
}

/** In the order of {@link CHOICES}, each with the same budget. */
export const contendersOf = (
  chosen: readonly ChoiceName[],
  standing: Partial<Configuration>,
  budget: Budget,
): Contender[] =>
  CHOICES.filter((name) => chosen.includes(name)).map((name) => ({
    name: CHOICE_TITLES[name],
    policy: policyOf(name, standing),
    budget,
  }));

/** Which choice a contender was, for a comparison that is opened; undefined: none of ours. */
export const choiceOf = ({ policy }: Contender): ChoiceName =>
  policy.name === 'oneadapt' && policy.rule === 'adam' ? 'published' : policy.name;

/** Rungs that the grid takes of the knobs that move most; other knobs rest. */
const GRID: GridSpec = { resolution: 3, quantizer: 4, frameRate: 3 };

/** The grid over the knobs that are tuned. */
export const gridOver = (tuned: readonly KnobName[]): GridSpec =>
  Object.fromEntries(Object.entries(GRID).filter(([name]) => tuned.some((knob) => knob === name)));

/** How many configurations that is, where every ladder is long enough. */
export const gridSize = (grid: GridSpec): number =>
  Object.values(grid).reduce((product, rungs) => product * rungs, 1);
