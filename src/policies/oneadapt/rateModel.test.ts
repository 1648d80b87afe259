import { expect, it } from 'vitest';
import { everyKnob, stepOf, type PerKnob } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { createRateModel, type RateModel } from './rateModel.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const steps = everyKnob((name) => stepOf(knobs[name]));
const KEY = 60_000;
const DELTA = 3000;
/** Key frames a second from a tenth at position 0 to one at 1. */
const modelOf = (): RateModel =>
  createRateModel({ frames: () => 10, keys: (at: PerKnob) => 0.1 + 0.9 * (at.keyFrameInterval ?? 1) }, steps);
const kbps = (bytes: number): number => (bytes * 8) / 1000;

it('predicts the key frame and the deltas of an interval that has one', () => {
  const model = modelOf();
  model.observe({ keyBytes: KEY, meanDeltaBytes: DELTA }, 10, {}, {});
  expect(model.predict({})).toBeCloseTo(kbps(KEY + 9 * DELTA), 6);
});

it('predicts the mean over a key frame’s period, and no surprise in an interval with or without one', () => {
  const model = modelOf();
  const at = { keyFrameInterval: 0 };
  const margins = Array.from({ length: 12 }, () => {
    model.observe({ keyBytes: KEY, meanDeltaBytes: DELTA }, 10, at, {});
    expect(model.predict(at)).toBeCloseTo(kbps(0.1 * KEY + 9.9 * DELTA), 6);
    return model.margin();
  });
  expect(margins.at(-1)).toBeGreaterThan(margins[0] ?? 1);
  expect(model.predict({ keyFrameInterval: 1 })).toBeCloseTo(kbps(KEY + 9 * DELTA), 6);
});

it('knows what more key frames cost, whatever the probes say of one frame', () => {
  const model = modelOf();
  model.observe(
    { keyBytes: KEY, meanDeltaBytes: DELTA },
    10,
    { keyFrameInterval: 0 },
    { keyFrameInterval: -5 },
  );
  const step = steps.keyFrameInterval / 2;
  const ratio = model.predict({ keyFrameInterval: step }) / model.predict({ keyFrameInterval: 0 });
  expect(model.slope('keyFrameInterval')).toBeCloseTo(Math.log(ratio) / step, 6);
});

it('remembers what a rung costs: a single probe moves it a fifth of the way', () => {
  const model = modelOf();
  const at = { quantizer: 0.5 };
  const keyOf = (slope: number): number => {
    model.observe({ keyBytes: KEY, meanDeltaBytes: null }, 1, at, { quantizer: slope });
    return model.slope('quantizer');
  };
  const first = keyOf(2);
  expect(keyOf(2)).toBeCloseTo(first, 6);
  // 0.8·2 + 0.2·7 = 3: half as much again.
  expect(keyOf(7) / first).toBeCloseTo(1.5, 1);
});

it('reckons with a long rise that is dearer than it looks, and with no more for a short one or a fall', () => {
  const model = modelOf();
  model.observe({ keyBytes: KEY, meanDeltaBytes: null }, 1, { resolution: 0.5 }, { resolution: 2 });
  const by = (move: number): number => {
    const at = { resolution: 0.5 + move };
    return Math.log(model.predictAtMost(at) / model.predict(at));
  };
  expect(by(0.1)).toBe(0);
  expect(by(-0.5)).toBe(0);
  // A rise of 2·0.4 in ln(bytes), of which the first rung, 2·0.2, is known.
  expect(by(0.2)).toBe(0);
  expect(by(0.4)).toBeCloseTo(0.8 * 0.4, 9);
});

it('begins with delta frames that fall half as fast again as key frames along the quantizer, and as fast along the resolution', () => {
  const model = modelOf();
  const at = { quantizer: 0.5, resolution: 0.5 };
  model.observe({ keyBytes: KEY, meanDeltaBytes: DELTA }, 10, at, { quantizer: 2, resolution: 2 });
  const moved = (keys: number, deltas: number): number =>
    kbps(KEY * Math.exp(keys) + 9 * DELTA * Math.exp(deltas));
  expect(model.predict({ ...at, quantizer: 0.4 })).toBeCloseTo(moved(-0.2, -0.3), 6);
  expect(model.predict({ ...at, resolution: 0.4 })).toBeCloseTo(moved(-0.2, -0.2), 6);
});

it('expects what rises to go on rising, and takes part of a fall for passing content', () => {
  const after = (factor: number): number => {
    const model = modelOf();
    model.observe({ keyBytes: KEY, meanDeltaBytes: DELTA }, 10, {}, {});
    model.observe({ keyBytes: factor * KEY, meanDeltaBytes: factor * DELTA }, 10, {}, {});
    return model.predict({}) / kbps(KEY + 9 * DELTA);
  };
  expect(after(1.2)).toBeCloseTo(1.2 ** 1.1, 6);
  expect(after(1 / 1.2)).toBeCloseTo(1.2 ** -0.8, 6);
});

it('still keeps more below the budget a quarter of a minute after a surprise', () => {
  const model = modelOf();
  const intervals = (count: number, factor: number): number => {
    for (let i = 0; i < count; i += 1)
      model.observe({ keyBytes: factor * KEY, meanDeltaBytes: factor * DELTA }, 10, {}, {});
    return model.margin();
  };
  const quiet = intervals(60, 1);
  intervals(1, 1.3);
  // 1.8·√(0.1·ln²1.3·0.9¹⁴): a surprise of 30 %, and the fading of fourteen intervals.
  expect(intervals(14, 1.3)).toBeLessThan(Math.exp(-0.07));
  expect(quiet).toBeGreaterThan(0.97);
});
