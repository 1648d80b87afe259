/**
 * An experiment as the page's address and back. Reading never fails: what is broken falls back to the default and
 * is said in a sentence, what is out of range is clamped and said too.
 */
import type { Budget } from '../../domain/budget.ts';
import {
  BACKENDS,
  CODECS,
  SCENE_PRESETS,
  type DetectorSpec,
  type Experiment,
  type SceneContent,
  type SourceSpec,
} from '../../domain/experiment.ts';
import { DEFAULT_KNOBS, KNOB_NAMES } from '../../domain/knob.ts';
import { gridShape, TILE_GRIDS, type TileGrid, type TilePins } from '../../domain/tiles.ts';
import { CONTENT_KEYS, DEFAULT_EXPERIMENT, RANGES } from './defaults.ts';
import { writeCard } from './urlCard.ts';
import { readCost, writeCost } from './urlCost.ts';
import { readPolicy, writePolicy } from './urlPolicy.ts';
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
  const { rateKbps, deadlineMs } = experiment.link;
  if (typeof rateKbps === 'number') query.set('linkKbps', String(rateKbps));
  if (deadlineMs !== null) query.set('linkDeadlineMs', String(deadlineMs));
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

/** Reads what {@link writeUrl} wrote, or anything else. */
export function readUrl(read: UrlReader): FromUrl {
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
    link: {
      rateKbps: rate,
      delayMs: read.number('linkMs', RANGES.linkDelayMs, d.link.delayMs),
      deadlineMs: read.number('linkDeadlineMs', RANGES.linkDeadlineMs, null),
    },
    clock: read.oneOf('clock', ['live', 'virtual'] as const, d.clock),
    gpuCost: readCost(read),
    edits: [],
  };
  return { experiment, backendAsked: read.has('backend') };
}

function readSource(read: UrlReader): SourceSpec {
  const kind = read.oneOf('source', ['scene', 'clip', 'playlist', 'webcam'] as const, 'scene');
  if (kind === 'playlist') {
    read.note(
      'An address does not hold the items of a playlist: open its experiment or report again. The built-in scene runs until then.',
    );
    return DEFAULT_EXPERIMENT.source;
  }
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
