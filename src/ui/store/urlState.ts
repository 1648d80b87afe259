/**
 * An experiment as the page's address and back. Reading never fails: what is broken falls back to the default and
 * is said in a sentence, what is out of range is clamped and said too.
 */
import type { Budget } from '../../domain/budget.ts';
import type { Configuration } from '../../domain/configuration.ts';
import {
  BACKENDS,
  CODECS,
  DEFAULT_ONEADAPT,
  ESTIMATORS,
  POLICY_NAMES,
  SCENE_PRESETS,
  type DetectorSpec,
  type Experiment,
  type PolicySpec,
  type SceneContent,
  type SourceSpec,
} from '../../domain/experiment.ts';
import { DEFAULT_KNOBS, KNOB_NAMES, type KnobName, type KnobValue } from '../../domain/knob.ts';
import { ladders, MAX_CAPTURE } from '../../domain/ladders.ts';
import { parseSize } from '../../domain/size.ts';
import { gridShape, TILE_GRIDS, type TileGrid, type TilePins } from '../../domain/tiles.ts';
import { CONTENT_KEYS, DEFAULT_EXPERIMENT, RANGES } from './defaults.ts';
import { writeCard } from './urlCard.ts';
import { readCost, writeCost } from './urlCost.ts';
import { UrlReader } from './urlReader.ts';

/** Names of the pinned tiles in the address. */
const PINS = [
  ['pinFull', 'full'],
  ['pinLow', 'low'],
] as const;

/** Value of a bound that is switched off. */
const OFF = 'off';

export interface FromUrl {
  readonly experiment: Experiment;
  /** Full sentences on what was not taken as written. */
  readonly notices: readonly string[];
  /** Did the address name the backend? Otherwise the page may choose the faster one. */
  readonly backendAsked: boolean;
}

/** The address's query, without "?" or "#". Every part that the page can change is named. */
export function writeUrl(experiment: Experiment): string {
  const query = new URLSearchParams();
  writeSource(query, experiment.source);
  if (typeof experiment.detector === 'string') query.set('detector', experiment.detector);
  else query.set('model', experiment.detector.model);
  writeCard(query, experiment.detector);
  writePolicy(query, experiment.policy);
  query.set('knobs', experiment.knobs.length === 0 ? 'none' : experiment.knobs.join(','));
  query.set('kbps', String(experiment.budget.bandwidthKbps ?? OFF));
  query.set('gpu', String(experiment.budget.gpuMsPerSecond ?? OFF));
  query.set('seed', String(experiment.seed));
  query.set('backend', experiment.backend);
  const defaults = DEFAULT_EXPERIMENT;
  if (experiment.seconds !== defaults.seconds) query.set('seconds', String(experiment.seconds ?? OFF));
  if (experiment.codec !== defaults.codec) query.set('codec', experiment.codec);
  if (experiment.tileGrid !== defaults.tileGrid) query.set('tileGrid', experiment.tileGrid);
  for (const [key, pin] of PINS) {
    const tiles = experiment.tilePins[pin];
    if (tiles.length > 0) query.set(key, tiles.join(','));
  }
  if (experiment.clock !== defaults.clock) query.set('clock', experiment.clock);
  if (experiment.link.rateKbps !== null) query.set('linkKbps', String(experiment.link.rateKbps));
  if (experiment.link.delayMs !== 0) query.set('linkMs', String(experiment.link.delayMs));
  if (experiment.gpuCost) writeCost(query, experiment.gpuCost);
  return query.toString();
}

function writeSource(query: URLSearchParams, source: SourceSpec): void {
  query.set('source', source.kind);
  if (source.kind === 'scene') {
    query.set('scene', source.preset);
    for (const key of CONTENT_KEYS) {
      const value = source.content?.[key];
      if (value !== undefined) query.set(key, String(value));
    }
  } else if (source.kind === 'clip') query.set('file', source.file);
}

/** The experiment's codec has the plain name, and every address before this knob. */
const keyOf = (name: KnobName): string => (name === 'codec' ? 'knobCodec' : name);

function writePolicy(query: URLSearchParams, policy: PolicySpec): void {
  query.set('policy', policy.name);
  if (policy.name === 'static') {
    for (const name of KNOB_NAMES) {
      const value = policy.configuration[name];
      if (value !== undefined) query.set(keyOf(name), String(value));
    }
    return;
  }
  const keys = [
    'estimator',
    'utilitySlope',
    'rule',
    'learningRate',
    'beta',
    'priceRate',
    'rounding',
    'backwardShare',
    'lag',
  ] as const;
  for (const key of keys) {
    if (policy[key] !== DEFAULT_ONEADAPT[key]) query.set(key, String(policy[key] ?? 'off'));
  }
}

/** Reads what {@link writeUrl} wrote, or anything else. */
export function readUrl(text: string): FromUrl {
  const read = new UrlReader(new URLSearchParams(text.replace(/^[#?]/, '')));
  const d = DEFAULT_EXPERIMENT;
  const rate = read.number('linkKbps', RANGES.linkRateKbps, null);
  const seconds = read.numberOrOff('seconds', RANGES.seconds, d.seconds);
  const tileGrid = read.oneOf('tileGrid', TILE_GRIDS, d.tileGrid);
  const experiment: Experiment = {
    source: readSource(read),
    detector: readDetector(read),
    policy: readPolicy(read),
    knobs: readKnobs(read),
    budget: readBudget(read),
    seconds: seconds === null ? null : Math.round(seconds),
    backend: read.oneOf('backend', BACKENDS, d.backend),
    seed: Math.round(read.number('seed', RANGES.seed, d.seed)),
    codec: read.oneOf('codec', CODECS, d.codec),
    tileGrid,
    tilePins: readPins(read, tileGrid),
    link: { rateKbps: rate, delayMs: read.number('linkMs', RANGES.linkDelayMs, d.link.delayMs) },
    clock: read.oneOf('clock', ['live', 'virtual'] as const, d.clock),
    gpuCost: readCost(read),
    edits: [],
  };
  return { experiment, notices: read.notices, backendAsked: read.has('backend') };
}

function readSource(read: UrlReader): SourceSpec {
  const kind = read.oneOf('source', ['scene', 'clip', 'webcam'] as const, 'scene');
  if (kind === 'webcam') return { kind };
  if (kind === 'clip') {
    const file = read.text('file');
    if (file !== undefined) return { kind, file };
    read.note('The address asks for a clip without naming it, so the built-in scene runs.');
    return DEFAULT_EXPERIMENT.source;
  }
  const content: Partial<Record<keyof SceneContent, number>> = {};
  for (const key of CONTENT_KEYS) {
    const value = read.number(key, RANGES.share, null);
    if (value !== null) content[key] = value;
  }
  const preset = read.oneOf('scene', SCENE_PRESETS, 'crossing');
  return Object.keys(content).length === 0 ? { kind, preset } : { kind, preset, content };
}

function readDetector(read: UrlReader): DetectorSpec {
  const model = read.text('model');
  return model === undefined ? (read.text('detector') ?? 'default') : { model };
}

function readPolicy(read: UrlReader): PolicySpec {
  const name = read.oneOf('policy', POLICY_NAMES, 'oneadapt');
  const d = DEFAULT_ONEADAPT;
  if (name === 'static') return { name, configuration: readConfiguration(read) };
  return {
    name,
    estimator: read.oneOf('estimator', ESTIMATORS, d.estimator),
    utilitySlope: read.number('utilitySlope', RANGES.utilitySlope, d.utilitySlope),
    rule: read.oneOf('rule', ['normalised', 'adam'] as const, d.rule),
    learningRate: read.number('learningRate', RANGES.learningRate, d.learningRate),
    beta: read.number('beta', RANGES.beta, d.beta),
    priceRate: read.number('priceRate', RANGES.priceRate, d.priceRate),
    rounding: read.oneOf('rounding', ['expensive', 'dither'] as const, d.rounding),
    backwardShare: read.numberOrOff('backwardShare', RANGES.backwardShare, d.backwardShare),
    lag: read.oneOf('lag', ['next', 'zero'] as const, d.lag),
  };
}

/** Sizes depend on source and detector, members on the detector; the other ladders are known before those are open. */
const LADDERS = ladders(MAX_CAPTURE, RANGES.quantizer.max);

/** A member's name is not longer than this. */
const MAX_NAME_LENGTH = 60;

function readConfiguration(read: UrlReader): Partial<Configuration> {
  const values: Partial<Record<KnobName, KnobValue>> = {};
  for (const name of KNOB_NAMES) {
    const value =
      name === 'resolution' || name === 'inputSize'
        ? readSize(name, read)
        : name === 'member'
          ? read.text(name)?.slice(0, MAX_NAME_LENGTH)
          : onLadder(name, read);
    if (value !== undefined) values[name] = value;
  }
  return values as Partial<Configuration>;
}

/** The value of the knob's ladder, of numbers the nearest; undefined where the address names none. */
function onLadder(name: KnobName, read: UrlReader): KnobValue | undefined {
  const text = read.text(keyOf(name));
  if (text === undefined) return undefined;
  const { values } = LADDERS[name];
  const numbers = values.map(Number);
  if (numbers.some(Number.isNaN)) {
    const known = values.find((value) => value === text);
    if (known === undefined)
      read.note(`The address's ${name} was left out: it is "${text}", not one of ${values.join(', ')}.`);
    return known;
  }
  const value = read.number(keyOf(name), { min: Math.min(...numbers), max: Math.max(...numbers) }, null);
  if (value === null) return undefined;
  const distance = (v: number): number => Math.abs(v - value);
  const nearest = numbers.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  if (nearest !== value) {
    read.note(`The address's ${name} ${value} is not on the ladder; the nearest value, ${nearest}, is used.`);
  }
  return nearest;
}

function readSize(name: KnobName, read: UrlReader): string | undefined {
  const text = read.text(name);
  if (text === undefined) return undefined;
  try {
    parseSize(text);
    return text;
  } catch (error) {
    read.note(`The address's ${name} was left out: ${(error as Error).message}`);
    return undefined;
  }
}

function readKnobs(read: UrlReader): Experiment['knobs'] {
  const text = read.text('knobs');
  if (text === undefined) return DEFAULT_KNOBS;
  if (text === 'none') return [];
  const asked = text.split(',');
  const known = KNOB_NAMES.filter((name) => asked.includes(name));
  const strange = asked.filter((name) => !KNOB_NAMES.some((k) => k === name));
  if (strange.length > 0) {
    read.note(
      `The address names knobs that this lab does not have: ${strange.join(', ')}. They were left out.`,
    );
  }
  return known.length === 0 ? DEFAULT_KNOBS : known;
}

/** Tiles that the grid has; each is pinned once. */
function readPins(read: UrlReader, grid: TileGrid): TilePins {
  const { columns, rows } = gridShape(grid);
  const pinned = new Set<number>();
  const tilesOf = (key: string): number[] => {
    const asked = (read.text(key) ?? '').split(',').filter((part) => part !== '');
    const known = asked.map(Number).filter((tile) => {
      const isTile = Number.isInteger(tile) && tile >= 0 && tile < columns * rows && !pinned.has(tile);
      if (isTile) pinned.add(tile);
      return isTile;
    });
    if (known.length < asked.length) {
      read.note(
        `The address pins tiles that a grid of ${grid} does not have or that are pinned twice; they were left out.`,
      );
    }
    return known;
  };
  return { full: tilesOf('pinFull'), low: tilesOf('pinLow') };
}

function readBudget(read: UrlReader): Budget {
  const d = DEFAULT_EXPERIMENT.budget;
  return {
    bandwidthKbps: read.numberOrOff('kbps', RANGES.bandwidthKbps, d.bandwidthKbps),
    gpuMsPerSecond: read.numberOrOff('gpu', RANGES.gpuMsPerSecond, d.gpuMsPerSecond),
  };
}
