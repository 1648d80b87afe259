import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/hindsight.ts';
import { parseSweep } from '../sweep/parseSweep.ts';
import type { Cell, Hindsight, Results } from '../sweep/results.ts';
import { resultsMarkdown } from './tables.ts';

const TOLD = { command: 'npm run results', machine: 'a machine', notes: null };

const SCENE = { kind: 'scene', preset: 'plaza' };
const SWEEP = parseSweep({
  seconds: 20,
  sources: [
    { name: 'easy', source: SCENE },
    {
      name: 'hard',
      source: {
        kind: 'playlist',
        items: [
          { source: SCENE, seconds: 9 },
          { source: { ...SCENE, content: { rain: 0.5 } }, seconds: 2 },
          { source: { kind: 'clip', file: '../clips/street.mp4' }, seconds: 4 },
        ],
      },
    },
  ],
  budgets: [{ bandwidthKbps: 200 }, { gpuMsPerSecond: 50 }],
  policies: [
    { label: 'ours', policy: 'oneadapt' },
    { label: 'chameleon|x', policy: 'chameleon' },
  ],
});

const CHARGES = {
  ...{ extraBytes: 2500, inferences: 40, extraInferences: 20, backwardPasses: 1, encodes: 30 },
  ...{ feedbackKbps: 1, delayMs: 0 },
};

/** Of every source and budget alike: [kbps, F1, ms/s] of each policy. */
const cells = (...figures: readonly (readonly [number, number, number])[]): Cell[] =>
  SWEEP.sources.flatMap(({ name }) =>
    SWEEP.policies.flatMap(({ label }, place) =>
      SWEEP.budgets.map((budget) => {
        const [bandwidthKbps = 0, accuracy = 0, gpuMsPerSecond = 0] = figures[place] ?? [];
        return {
          ...{ source: name, policy: label, budget, seed: 1, seconds: 2, violations: 1 },
          ...{ bandwidthKbps, accuracy, gpuMsPerSecond, charges: CHARGES },
        };
      }),
    ),
  );

function hindsight(source: string, statics: readonly Outcome[]): Hindsight {
  const spent = statics.map((outcome) => ({ ...outcome, gpuMsPerSecond: 100 }));
  return {
    ...{ source, seed: 1, seconds: 2, bestStatic: [], oracle: statics, splitHalfOracle: statics },
    statics: spent.map((outcome) => ({ ...outcome, configuration: {} as never })),
    lookingBack: {
      bandwidth: spent,
      // Half as much of either, and of bytes more.
      gpu: spent.map((one) => ({ ...one, bandwidthKbps: 999, gpuMsPerSecond: 50 })),
    },
  };
}

const results = (rows: readonly Cell[]): Results => ({
  ...{ schemaVersion: 2, command: 'npm run sweep', sweep: SWEEP, commits: ['abc'], environments: [] },
  gpuCosts: [],
  cells: rows,
  hindsight: [
    hindsight('easy', [
      { bandwidthKbps: 100, accuracy: 0.8 },
      { bandwidthKbps: 200, accuracy: 1 },
    ]),
    hindsight('hard', [
      { bandwidthKbps: 300, accuracy: 0.8 },
      { bandwidthKbps: 600, accuracy: 1 },
    ]),
  ],
});

/** Cells of the row that begins so, under a heading. */
function row(markdown: string, heading: string, label: string): string[] {
  const [, section = ''] = markdown.split(`${heading}\n`);
  const line = section.split('\n').find((text) => text.startsWith(`| ${label} |`));
  return (line ?? '').split(' | ').map((text) => text.replace(/^\| | \|$/g, ''));
}

describe('docs/results.md', () => {
  const markdown = resultsMarkdown(results(cells([240, 0.9, 60], [400, 0.9, 300])), TOLD);

  it('holds every way against the one static at equal F1', () => {
    // Means of the statics: 200 kbps at 0.8 and 400 at 1; half of the time each for 0.9.
    expect(row(markdown, '### All sources', 'One static for all')).toEqual([
      'One static for all',
      '250',
      '',
      '300',
      '',
      '350',
      '',
    ]);
    // The easy one first: 50 kbps more for 0.1 of its F1.
    expect(row(markdown, '### All sources', 'Best static of each source')[3]).toBe('250');
    expect(row(markdown, '### All sources', 'Looking back, all known').slice(3, 5)).toEqual(['300', '0 %']);
    expect(row(markdown, '### All sources', '**ours**').slice(3)).toEqual(['240', '20 %', '–', '·']);
    expect(row(markdown, '### All sources', '**chameleon\\|x**').slice(3, 5)).toEqual(['400', '−33 %']);
    expect(row(markdown, '### Playlists', 'One static for all')[3]).toBe('450');
  });

  it('says what every source shows', () => {
    expect(markdown).toContain('  - easy, 20 s: plaza\n');
    expect(markdown).toContain('  - hard: plaza 9 s, then plaza (rain 0.5) 2 s, then street.mp4 4 s\n');
  });

  it('tells OneAdapt against every rival, and every source with its losses', () => {
    expect(row(markdown, '## OneAdapt against every other policy', 'All sources: **ours**')[1]).toBe(
      '· / 40 % / ·',
    );
    expect(row(markdown, '## Each source', 'easy').slice(2)).toEqual(['150', '240 (−60 %)', '400 (−167 %)']);
    expect(row(markdown, '## Each source', 'hard').slice(2)).toEqual(['450', '240 (47 %)', '400 (11 %)']);
    expect(row(markdown, '### Against the one static that is best for all at F1 0.9', 'hard')).toEqual([
      'hard',
      '0.900',
      '450',
      '47 %',
      '11 %',
    ]);
  });

  it('holds detector time against the statics’ only where a budget bounds it alone', () => {
    // Every static takes 100 ms/s, and one of them is perfect: for 0.9 it may need less.
    expect(row(markdown, '### All sources: detector time', '**ours**').slice(3, 5)).toEqual(['60', '≤40 %']);
    expect(row(markdown, '### All sources: detector time', 'Looking back, all known')[3]).toBe('≤50');
    const { budgets, ...sweep } = SWEEP;
    const bytes = { ...sweep, budgets: budgets.slice(0, 1) };
    const one = results(cells([240, 0.9, 60]).filter(({ budget }) => budget.gpuMsPerSecond === null));
    expect(resultsMarkdown({ ...one, sweep: bytes }, TOLD)).not.toContain('Detector time at');
  });

  it('takes a run with a price of detector time and no budget for one about detector time', () => {
    const sweep = parseSweep({
      ...{ seconds: 20, budgets: [{ bandwidthKbps: null }] },
      sources: [{ name: 'easy', source: SCENE }],
      policies: [{ label: 'ours', policy: { name: 'oneadapt', gpuPrice: 1 } }],
    });
    const [cell] = cells([240, 0.9, 60]).filter(({ source }) => source === 'easy');
    const [budget] = sweep.budgets;
    if (!cell || !budget) throw new Error('There is no cell to tell of.');
    const easy = results([{ ...cell, budget }]);
    const text = resultsMarkdown(
      { ...easy, sweep, hindsight: easy.hindsight.filter(({ source }) => source === 'easy') },
      TOLD,
    );
    expect(row(text, '### easy: detector time', '**ours**').slice(3, 5)).toEqual(['60', '≤40 %']);
    expect(text).not.toContain('## Bytes at equal F1');
  });

  it('tells charges by the second', () => {
    const told = row(markdown, '## What was reached, and what it was charged', 'ours');
    // 2500 bytes and 40 inferences in two seconds; one second of two over the bucket.
    expect(told.slice(1)).toEqual([
      '200 kbps',
      '0.900',
      '240',
      '60',
      '50 %',
      '10',
      '20',
      '10',
      '0.5',
      '15',
      '1',
      '0',
    ]);
  });

  it('says what failed, leaves its source out of all tables, and takes a person’s words', () => {
    const failed = cells([240, 0.9, 60], [400, 0.9, 300]).map((cell): Cell =>
      cell.source === 'hard' && cell.policy === 'ours'
        ? { source: 'hard', policy: 'ours', budget: cell.budget, seed: 1, error: 'The page crashed.' }
        : cell,
    );
    const text = resultsMarkdown(results(failed), { ...TOLD, notes: '## Why\n\nBecause.\n' });
    expect(text).toContain('- hard, seed 1: The page crashed.');
    // What is left is the easy source: its static alone needs 150 kbps, and ours its own 240.
    expect(row(text, '### All sources', 'One static for all')[3]).toBe('150');
    expect(row(text, '### All sources', '**ours**')[3]).toBe('240');
    expect(text).toContain('\n\n## Why\n\nBecause.\n\n');
  });
});
