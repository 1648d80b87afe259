import { describe, expect, it } from 'vitest';
import type { IntervalRecord } from '../../domain/interval.ts';
import { bestOf, COLUMNS, figuresOf, sorted, together, type Column, type Figures } from './figures.ts';

const column = (key: Column['key']): Column => {
  const found = COLUMNS.find((c) => c.key === key);
  if (!found) throw new Error(`No column ${key}.`);
  return found;
};

const interval = (part: Partial<IntervalRecord>): IntervalRecord =>
  ({
    ...{ accuracy: 1, accuracyTruth: null, bandwidthKbps: 0, referenceBytes: 0, gpuMs: 0, gpuAccountedMs: 0 },
    ...{
      inferences: 0,
      backwardPasses: 0,
      encodes: 0,
      feedbackBytes: 0,
      droppedFrames: 0,
      delayMs: 0,
      bytes: 0,
    },
    budget: { bandwidthKbps: 100, gpuMsPerSecond: null },
    ...part,
  }) as IntervalRecord;

describe('the figures of a policy', () => {
  it('are means and rates a second, with what was sent and looked at twice beside what was sent at all', () => {
    const figures = figuresOf([
      interval({
        accuracy: 0.9,
        bytes: 10_000,
        bandwidthKbps: 80,
        extraBytes: 5000,
        inferences: 10,
        delayMs: 20,
      }),
      interval({
        accuracy: 0.7,
        bytes: 20_000,
        bandwidthKbps: 160,
        inferences: 30,
        extraInferences: 20,
        delayMs: 40,
      }),
    ]);
    expect(figures).toMatchObject({
      accuracy: 0.8,
      accuracyTruth: null,
      bandwidthKbps: 120,
      // 5000 bytes in two seconds.
      extraKbps: 20,
      inferencesPerSecond: 20,
      extraInferencesPerSecond: 10,
      delayMs: 30,
      // Of 100 kbps, by more than 5 %.
      overBudgetIntervals: 1,
    });
  });
});

const row = (accuracy: number, bandwidthKbps: number, accuracyTruth: number | null = null): Figures =>
  ({ ...figuresOf([]), accuracy, bandwidthKbps, accuracyTruth }) satisfies Figures;

describe('the best of a column', () => {
  const rows = [row(0.9, 300), row(0.9004, 200), row(0.8, 100), row(0.7, 400), row(0.7, 500)];

  it('is the most accurate and the cheapest; what is written alike is alike', () => {
    expect(bestOf(column('accuracy'), rows)).toEqual(new Set([0, 1]));
    expect(bestOf(column('bandwidthKbps'), rows)).toEqual(new Set([2]));
  });

  it('is nobody where most share it, or where nothing is known', () => {
    expect(bestOf(column('delayMs'), rows).size).toBe(0);
    expect(bestOf(column('accuracyTruth'), rows).size).toBe(0);
    expect(bestOf(column('accuracy'), rows.slice(0, 1)).size).toBe(0);
  });
});

describe('the order of the rows', () => {
  const rows = [row(0.8, 3, null), row(0.9, 1, 0.5), row(0.8, 2, 0.7)];

  it('is as entered, or by a column either way, with what is not known last', () => {
    expect(sorted(rows, { key: null, isRising: true })).toEqual([0, 1, 2]);
    expect(sorted(rows, { key: 'bandwidthKbps', isRising: true })).toEqual([1, 2, 0]);
    expect(sorted(rows, { key: 'accuracy', isRising: false })).toEqual([1, 0, 2]);
    expect(sorted(rows, { key: 'accuracyTruth', isRising: true })).toEqual([1, 2, 0]);
    expect(sorted(rows, { key: 'accuracyTruth', isRising: false })).toEqual([2, 1, 0]);
  });
});

it('holds policies against each other over the intervals that all have finished', () => {
  const run = (length: number) => ({
    contender: {
      name: '',
      policy: { name: 'static', configuration: {} },
      budget: interval({}).budget,
    } as const,
    intervals: Array.from({ length }, (_, index) => interval({ index })),
  });
  expect(together([run(3), run(2), run(4)]).map((own) => own.length)).toEqual([2, 2, 2]);
  expect(together([])).toEqual([]);
});
