/** The policy with its options as part of the page's address: only what is not as it stands by default is written. */
import type { Configuration } from '../../domain/configuration.ts';
import {
  ASCENT_RULES,
  DEFAULT_ACCMPEG,
  DEFAULT_AWSTREAM,
  DEFAULT_CHAMELEON,
  DEFAULT_ONEADAPT,
  DEFAULT_REDUCTO,
  defaultPolicy,
  ESTIMATORS,
  POLICY_NAMES,
  type PolicySpec,
} from '../../domain/experiment.ts';
import { FILTER_KNOBS, KNOB_NAMES, type KnobName, type KnobValue } from '../../domain/knob.ts';
import { ladders, MAX_CAPTURE } from '../../domain/ladders.ts';
import { parseSize } from '../../domain/size.ts';
import { RANGES } from './defaults.ts';
import type { UrlReader } from './urlReader.ts';

/** Sizes depend on source and detector, members on the detector; the other ladders are known before those are open. */
const LADDERS = ladders(MAX_CAPTURE, RANGES.quantizer.max);

/** A member's name is not longer than this. */
const MAX_NAME_LENGTH = 60;

/** Before the knobs of DDS's second round. */
const AGAIN = 'again.';

/** Options that are a configuration have a key for each knob. */
const CONFIGURATIONS: Readonly<Record<string, string>> = { configuration: '', again: AGAIN };

export function writePolicy(query: URLSearchParams, policy: PolicySpec): void {
  query.set('policy', policy.name);
  const defaults: Readonly<Record<string, unknown>> = { ...defaultPolicy(policy.name) };
  for (const [key, value] of Object.entries(policy)) {
    const prefix = CONFIGURATIONS[key];
    if (prefix !== undefined) writeConfiguration(query, value as Partial<Configuration>, prefix);
    else if (value !== defaults[key]) query.set(key, String(value ?? 'off'));
  }
}

/** The experiment's codec has the plain name, and every address before this knob. */
const keyOf = (name: KnobName, prefix: string): string =>
  prefix + (name === 'codec' && prefix === '' ? 'knobCodec' : name);

/** @param prefix before the knobs' keys */
export function writeConfiguration(
  query: URLSearchParams,
  values: Partial<Configuration>,
  prefix: string,
): void {
  for (const name of KNOB_NAMES) {
    const value = values[name];
    if (value !== undefined) query.set(keyOf(name, prefix), String(value));
  }
}

export function readPolicy(read: UrlReader): PolicySpec {
  const name = read.oneOf('policy', POLICY_NAMES, 'oneadapt');
  const configuration = (): Partial<Configuration> => readConfiguration(read, '');
  const intervals = (key: string, fallback: number): number =>
    Math.round(read.number(key, RANGES.intervals, fallback));
  switch (name) {
    case 'oneadapt': {
      const d = DEFAULT_ONEADAPT;
      return {
        name,
        estimator: read.oneOf('estimator', ESTIMATORS, d.estimator),
        utilitySlope: read.number('utilitySlope', RANGES.utilitySlope, d.utilitySlope),
        rule: read.oneOf('rule', ASCENT_RULES, d.rule),
        learningRate: read.number('learningRate', RANGES.learningRate, d.learningRate),
        beta: read.number('beta', RANGES.beta, d.beta),
        priceRate: read.number('priceRate', RANGES.priceRate, d.priceRate),
        rounding: read.oneOf('rounding', ['expensive', 'dither'] as const, d.rounding),
        backwardShare: read.numberOrOff('backwardShare', RANGES.backwardShare, d.backwardShare),
        lag: read.oneOf('lag', ['next', 'zero'] as const, d.lag),
        calibrated: read.oneOf('calibrated', ['true', 'false'] as const, 'true') === 'true',
        bandwidthPrice: read.numberOrOff('bandwidthPrice', RANGES.price, d.bandwidthPrice),
        gpuPrice: read.numberOrOff('gpuPrice', RANGES.price, d.gpuPrice),
      };
    }
    case 'static':
    case 'eaar':
      return { name, configuration: configuration() };
    case 'chameleon': {
      const d = DEFAULT_CHAMELEON;
      return {
        name,
        windowIntervals: intervals('windowIntervals', d.windowIntervals),
        keptConfigurations: Math.round(
          read.number('keptConfigurations', RANGES.keptConfigurations, d.keptConfigurations),
        ),
        targetAccuracy: read.numberOrOff('targetAccuracy', RANGES.share, d.targetAccuracy),
      };
    }
    case 'awstream': {
      const refresh = read.numberOrOff(
        'refreshIntervals',
        RANGES.intervals,
        DEFAULT_AWSTREAM.refreshIntervals,
      );
      return { name, refreshIntervals: refresh === null ? null : Math.round(refresh) };
    }
    case 'reducto': {
      const d = DEFAULT_REDUCTO;
      return {
        name,
        feature: read.oneOf('feature', FILTER_KNOBS, d.feature),
        profiledIntervals: intervals('profiledIntervals', d.profiledIntervals),
        targetAccuracy: read.number('targetAccuracy', RANGES.share, d.targetAccuracy),
        configuration: configuration(),
      };
    }
    case 'accmpeg':
      return {
        name,
        bound: read.number('bound', RANGES.share, DEFAULT_ACCMPEG.bound),
        configuration: configuration(),
      };
    case 'dds':
      return { name, again: readConfiguration(read, AGAIN), configuration: configuration() };
  }
}

/** Reads what {@link writeConfiguration} wrote. */
export function readConfiguration(read: UrlReader, prefix: string): Partial<Configuration> {
  const values: Partial<Record<KnobName, KnobValue>> = {};
  for (const name of KNOB_NAMES) {
    const key = keyOf(name, prefix);
    const value =
      name === 'resolution' || name === 'inputSize'
        ? readSize(key, read)
        : name === 'member'
          ? read.text(key)?.slice(0, MAX_NAME_LENGTH)
          : onLadder(name, key, read);
    if (value !== undefined) values[name] = value;
  }
  return values as Partial<Configuration>;
}

/** The value of the knob's ladder, of numbers the nearest; undefined where the address names none. */
function onLadder(name: KnobName, key: string, read: UrlReader): KnobValue | undefined {
  const text = read.text(key);
  if (text === undefined) return undefined;
  const { values } = LADDERS[name];
  const numbers = values.map(Number);
  if (numbers.some(Number.isNaN)) {
    const known = values.find((value) => value === text);
    if (known === undefined)
      read.note(`The address's ${key} was left out: it is "${text}", not one of ${values.join(', ')}.`);
    return known;
  }
  const value = read.number(key, { min: Math.min(...numbers), max: Math.max(...numbers) }, null);
  if (value === null) return undefined;
  const distance = (v: number): number => Math.abs(v - value);
  const nearest = numbers.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  if (nearest !== value) {
    read.note(`The address's ${key} ${value} is not on the ladder; the nearest value, ${nearest}, is used.`);
  }
  return nearest;
}

function readSize(key: string, read: UrlReader): string | undefined {
  const text = read.text(key);
  if (text === undefined) return undefined;
  try {
    parseSize(text);
    return text;
  } catch (error) {
    read.note(`The address's ${key} was left out: ${(error as Error).message}`);
    return undefined;
  }
}
