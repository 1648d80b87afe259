import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnobName } from '../../domain/knob.ts';
import { chooseAtPrice, chooseTrial, type Rungs, type TriedRungs, type ZeroLagView } from './zeroLag.ts';

const LADDERS = { quantizer: 14, resolution: 6, frameRate: 4 };
const SLOPES = { quantizer: 0.25, resolution: 0.3, frameRate: 0.4 };
const WORTH = { quantizer: 1, resolution: 2, frameRate: 3 };

const total = (rungs: Rungs, by: Partial<Record<KnobName, number>>): number =>
  Object.entries(rungs).reduce((sum, [name, rung]) => sum + rung * (by[name as KnobName] ?? 0), 0);

const view: ZeroLagView = {
  ladders: LADDERS,
  predict: (rungs) => 1000 * Math.exp(total(rungs, SLOPES)),
  worth: (rungs) => total(rungs, WORTH),
  allows: () => true,
};

/** Encodes as asked until something is sent. */
function play(
  start: Rungs,
  targetBytes: number,
  bytesOf: (rungs: Rungs) => number,
  seen = view,
): TriedRungs[] {
  const trials: TriedRungs[] = [{ rungs: start, bytes: bytesOf(start) }];
  for (let round = 0; round < 40; round += 1) {
    const choice = chooseTrial(trials, targetBytes, seen);
    if ('send' in choice) return [...trials, trials[choice.send] ?? { rungs: {}, bytes: NaN }];
    trials.push({ rungs: choice.encode, bytes: bytesOf(choice.encode) });
  }
  throw new Error('It never sent anything.');
}

const START = { quantizer: 7, resolution: 3, frameRate: 2 };
const anyRungs = fc.record({
  quantizer: fc.nat(LADDERS.quantizer - 1),
  resolution: fc.nat(LADDERS.resolution - 1),
  frameRate: fc.nat(LADDERS.frameRate - 1),
});

describe('choosing among encodes of the present interval', () => {
  it('never sends what does not fit while the cheapest rungs fit, however wrong the prediction is', () => {
    const bottom = { quantizer: 0, resolution: 0, frameRate: 0 };
    fc.assert(
      fc.property(
        anyRungs,
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        fc.double({ min: 1, max: 200, noNaN: true }),
        (start, steepness, room) => {
          // Cheaper rungs are never larger, but by how much nobody knows.
          const bytesOf = (rungs: Rungs): number => 1000 * Math.exp(steepness * total(rungs, SLOPES));
          const target = bytesOf(bottom) * room;
          expect(play(start, target, bytesOf).at(-1)?.bytes).toBeLessThanOrEqual(target);
        },
      ),
    );
  });

  it('sends the least where nothing fits', () => {
    const trials = play(START, 1, view.predict);
    expect(trials.at(-1)?.rungs).toEqual({ quantizer: 0, resolution: 0, frameRate: 0 });
  });

  it('takes the plan at one encode where there is no room for more', () => {
    expect(play(START, view.predict(START) * 1.1, view.predict)).toHaveLength(2);
  });

  it('fills the room that it finds, and where the dearer encode turns out too large sends the plan', () => {
    const room = view.predict(START) * 1.6;
    const filled = play(START, room, view.predict);
    expect(view.worth(filled.at(-1)?.rungs ?? {})).toBeGreaterThan(view.worth(START));
    const surprised = play(START, room, (rungs) => (rungs === START ? view.predict(START) : room * 2));
    expect(surprised.at(-1)?.rungs).toEqual(START);
  });

  it('goes up no knob that another budget forbids', () => {
    const strict = { ...view, allows: (rungs: Rungs) => (rungs.frameRate ?? 0) <= 2 };
    expect(play(START, 1e9, view.predict, strict).at(-1)?.rungs.frameRate).toBe(2);
  });
});

describe('choosing at a fixed price', () => {
  /** Worth bends, bytes grow: a finer quantizer pays up to a rung that the price decides. */
  const bent: ZeroLagView = { ...view, worth: ({ quantizer = 0 }) => -Math.exp(-0.3 * quantizer) };
  const only = {
    ...bent,
    ladders: { quantizer: 14 },
    predict: ({ quantizer = 0 }: Rungs) => 100 * 1.3 ** quantizer,
  };
  const sent = (price: number, bytesOf: (rungs: Rungs) => number) => {
    const trials: TriedRungs[] = [{ rungs: { quantizer: 5 }, bytes: bytesOf({ quantizer: 5 }) }];
    for (;;) {
      const choice = chooseAtPrice(trials, price, only);
      if ('send' in choice) return { sent: trials[choice.send], encodes: trials.length };
      trials.push({ rungs: choice.encode, bytes: bytesOf(choice.encode) });
    }
  };

  it('sends what is worth most net of its bytes, where they are as predicted', () => {
    for (const price of [1e-5, 1e-4, 1e-3]) {
      const net = (quantizer: number): number =>
        only.worth({ quantizer }) - price * only.predict({ quantizer });
      const best = [...Array(14).keys()].sort((a, b) => net(b) - net(a))[0];
      expect(sent(price, only.predict).sent?.rungs).toEqual({ quantizer: best });
    }
  });

  it('goes coarser where the present content takes more bytes than predicted, and encodes no more than three times', () => {
    const heavy = sent(1e-4, (rungs) => 4 * only.predict(rungs));
    const net = (quantizer: number): number =>
      only.worth({ quantizer }) - 1e-4 * 4 * only.predict({ quantizer });
    const best = [...Array(14).keys()].sort((a, b) => net(b) - net(a))[0];
    expect(heavy.sent?.rungs).toEqual({ quantizer: best });
    expect(heavy.sent?.rungs.quantizer).toBeLessThan(sent(1e-4, only.predict).sent?.rungs.quantizer ?? 0);
    expect(heavy.encodes).toBeLessThanOrEqual(3);
  });
});
