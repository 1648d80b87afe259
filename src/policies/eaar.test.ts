import { describe, expect, it } from 'vitest';
import { createEaar } from './eaar.ts';
import { box, contextOf, kbps, observation, seeing, where } from './testTrace.ts';

const keepOf = () => {
  const { regions } = createEaar({}, contextOf(['quantizer']));
  if (!regions) throw new Error('EAAR decides about regions.');
  return (before: Parameters<typeof regions.keep>[0]) => where(regions.keep(before, null));
};

describe('EAAR', () => {
  it('keeps every tile of a run’s first frame', () => {
    expect(keepOf()(null)).toHaveLength(16 * 9);
  });

  it('keeps the tiles of what was proposed, and those around it where it is new or has moved', () => {
    const keep = keepOf();
    keep(null);
    // Columns 4 and 5 of row 3; nothing was there before, so rows 2 to 4 and columns 3 to 6.
    const first = seeing(box(0.26, 0.34, 0.1, 0.2));
    expect(keep(first)).toEqual([2, 3, 4].flatMap((row) => [3, 4, 5, 6].map((column) => 16 * row + column)));
    // It stands still.
    expect(keep(seeing(box(0.26, 0.34, 0.1, 0.2)))).toEqual([52, 53]);
    // It moves by half its width: columns 4 (0.31 · 16 = 4.96) to 6, and those around.
    const moved = seeing(box(0.31, 0.34, 0.1, 0.2));
    const around = [2, 3, 4].flatMap((row) => [3, 4, 5, 6, 7].map((column) => 16 * row + column));
    expect(keep(moved)).toEqual(around);
    // A frame that was not sent shows the same once more: it is not known to stand still.
    expect(keep(moved)).toEqual(around);
  });

  it('gives up every tile where nothing was seen, or only noise', () => {
    const keep = keepOf();
    expect(keep(seeing())).toEqual([]);
    expect(keep(seeing(box(0.5, 0.5, 0.1, 0.09)))).toEqual([]);
  });

  it('starts in the middle of the quantizers where it is to keep a budget, and at the finest where not', () => {
    const context = { ...contextOf(['quantizer']), budget: kbps(400) };
    expect(createEaar({}, context).first().configuration.quantizer).toBe(128);
    expect(createEaar({}, { ...context, active: [] }).first().configuration.quantizer).toBe(32);
    expect(createEaar({}, contextOf(['quantizer'])).first().configuration.quantizer).toBe(32);
  });

  it('starts where it is given, all other knobs at their most expensive, and lets no tile knob interfere', () => {
    const policy = createEaar({ quantizer: 96, tiles: 20 }, contextOf(['quantizer']));
    expect(policy.first().configuration).toMatchObject({ quantizer: 96, resolution: '640x384', tiles: 100 });
    expect(policy.next(observation({ bandwidthKbps: 4000 })).configuration.quantizer).toBe(96);
    // 600 of 400: ln 1.5 / ln 1.3 = 1.5, so two rungs: 112, 128.
    const { configuration } = policy.next(observation({ bandwidthKbps: 600, budget: kbps(400) }));
    expect(configuration.quantizer).toBe(128);
    expect(() => createEaar({ quantizer: 97 }, contextOf([]))).toThrow(/Quantizer has no value 97/);
  });
});
