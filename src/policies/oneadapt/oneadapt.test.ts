import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_BUDGET, type Budget } from '../../domain/budget.ts';
import { neighbour, positionsOf, type Configuration } from '../../domain/configuration.ts';
import type { OneAdaptOptions } from '../../domain/experiment.ts';
import { passCost } from '../../domain/gpuCost.ts';
import {
  DEFAULT_KNOBS,
  FILTER_KNOBS,
  isFilterKnob,
  KNOB_NAMES,
  type FilterKnob,
  type KnobName,
} from '../../domain/knob.ts';
import { createKeyFrames } from '../../sensor/keyFrames.ts';
import {
  REST,
  TOP,
  frameBytesOf,
  framesOf,
  gpuCost,
  kbpsOf,
  knobs,
  observe,
  options,
  policyOf,
} from './testPipeline.ts';
import { createOneAdapt } from './oneadapt.ts';
import type { Decision, Observation, Policy } from '../policy.ts';

function run(policy: Policy, budgets: readonly Budget[], content: (i: number) => number = () => 1): number[] {
  let configuration = policy.first().configuration;
  return budgets.map((budget, i) => {
    const seen = observe(configuration, budget, content(i));
    configuration = policy.next(seen).configuration;
    return seen.bandwidthKbps;
  });
}

const kbps = (bandwidthKbps: number): Budget => ({ bandwidthKbps, gpuMsPerSecond: null });
const fill = (budget: Budget, count: number): Budget[] => Array.from({ length: count }, () => budget);
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

describe('OneAdapt under a bandwidth budget', () => {
  it.each(['dither', 'expensive'] as const)(
    'is under any reachable budget after 4 intervals and uses it (%s)',
    (rounding) => {
      fc.assert(
        fc.property(fc.double({ min: 60, max: 2500, noNaN: true }), (budget) => {
          const used = run(policyOf({ rounding }), fill(kbps(budget), 20)).slice(5);
          expect(Math.max(...used)).toBeLessThanOrEqual(budget * 1.05);
          expect(mean(used.slice(-5))).toBeGreaterThanOrEqual(budget * 0.6);
        }),
      );
    },
  );

  it('falls below a halved budget within 4 intervals, stays, and recovers when it is raised', () => {
    const used = run(policyOf(), [...fill(kbps(1000), 10), ...fill(kbps(500), 10), ...fill(kbps(1000), 10)]);
    expect(Math.max(...used.slice(14, 20))).toBeLessThanOrEqual(525);
    expect(mean(used.slice(-5))).toBeGreaterThan(700);
  });

  it('keeps its budget when the content’s bytes wander by a tenth', () => {
    const content = (i: number): number => 1 + 0.1 * Math.sin(i * 0.9);
    const used = run(policyOf(), fill(kbps(600), 40), content).slice(5);
    expect(used.filter((value) => value > 630).length).toBeLessThanOrEqual(3);
    expect(mean(used.slice(-10))).toBeGreaterThanOrEqual(360);
  });

  it('climbs to the top where nothing is scarce', () => {
    const used = run(policyOf(), fill(kbps(1e6), 30));
    expect(used.at(-1)).toBeCloseTo(
      kbpsOf({ ...REST, resolution: '640x384', quantizer: 32, frameRate: 10 }),
      0,
    );
  });

  it('shows a price only while the budget binds', () => {
    const policy = policyOf();
    policy.first();
    const top = observe({ ...REST, resolution: '640x384', quantizer: 32, frameRate: 10 }, kbps(300), 1);
    expect(policy.next(top).prices.bandwidth).toBeGreaterThan(0);
    const cheap = observe({ ...REST, resolution: '192x116', quantizer: 240, frameRate: 1 }, kbps(1e6), 1);
    expect(policy.next(cheap).prices.bandwidth).toBe(0);
  });
});

describe('OneAdapt under a GPU budget', () => {
  it('sends fewer frames, since only they cost detector time', () => {
    const policy = policyOf();
    let configuration = policy.first().configuration;
    const budget = { bandwidthKbps: null, gpuMsPerSecond: 165 };
    for (let i = 0; i < 8; i += 1)
      configuration = policy.next(observe(configuration, budget, 1)).configuration;
    // 5 frames · 20 ms + 60 ms fits in 165; 10 frames do not.
    expect(configuration.frameRate).toBe(5);
    expect(configuration.resolution).toBe('640x384');
  });

  it('pays for bytes what they are priced at, beside a budget of detector time that binds', () => {
    const meanKbps = (gpuMsPerSecond: number | null): number => {
      const budget = { bandwidthKbps: null, gpuMsPerSecond };
      const policy = createOneAdapt(options({ bandwidthPrice: 0.25 }), {
        ...{ knobs, active: DEFAULT_KNOBS, start: null, budget, gpuCost },
      });
      return mean(run(policy, fill(budget, 20)).slice(5));
    };
    // Fewer frames: fewer bytes, and not a finer picture instead for what is left of no budget.
    expect(meanKbps(115)).toBeLessThan(meanKbps(null));
  });
});

describe('OneAdapt', () => {
  it('moves only the knobs it was given', () => {
    const policy = createOneAdapt(options(), {
      knobs,
      active: ['quantizer'],
      start: null,
      budget: NO_BUDGET,
      gpuCost,
    });
    let configuration = policy.first().configuration;
    for (let i = 0; i < 6; i += 1) {
      configuration = policy.next(observe(configuration, kbps(300), 1)).configuration;
      expect(configuration).toMatchObject({ resolution: '640x384', frameRate: 10 });
    }
  });

  it('decides the same again for the same observations', () => {
    const once = run(policyOf(), fill(kbps(700), 12));
    expect(run(policyOf(), fill(kbps(700), 12))).toEqual(once);
  });

  it('moves by the net that it tells: up where AccGrad outweighs the priced resources, down where it does not', () => {
    const policy = policyOf();
    let { configuration, positions } = policy.first();
    for (let i = 0; i < 8; i += 1) {
      const next = policy.next(observe(configuration, kbps(i < 4 ? 900 : 450), 1));
      for (const name of DEFAULT_KNOBS) {
        const { accGrad = 0, bandwidthGrad = 0, gpuGrad = 0 } = next.steering[name] ?? {};
        const net = accGrad - next.prices.bandwidth * bandwidthGrad - next.prices.gpu * gpuGrad;
        const move = (next.positions[name] ?? 0) - (positions[name] ?? 0);
        if (Math.abs(move) > 1e-9) expect(Math.sign(move), `${name}, interval ${i}`).toBe(Math.sign(net));
      }
      ({ configuration, positions } = next);
    }
  });

  it('learns from an interval in which nothing was found only that less is there, but from the first one it learns', () => {
    const car = { x: 0, y: 0, width: 0.1, height: 0.1, label: 'car', score: 0.9 };
    const seeing = (list: readonly (typeof car)[]) => [{ detections: list, proposals: list }];
    const { configuration } = policyOf().first();
    const told = (worth: number, list: readonly (typeof car)[]): Observation => {
      const seen = observe(configuration, NO_BUDGET, 1);
      const estimates = { signed: worth, distortion: worth, towardSource: worth };
      const quantizer = { estimates, logBandwidthSlope: 3, flat: false };
      return { ...seen, evidence: { quantizer }, seen: seeing(list) };
    };
    const steeredBy = (...worths: readonly (readonly [number, readonly (typeof car)[]])[]) => {
      const policy = policyOf({ learningRate: 0.001 });
      policy.first();
      return worths.map(([worth, list]) => policy.next(told(worth, list)).steering.quantizer?.accGrad).at(-1);
    };
    const known = steeredBy([1, [car]], [1, [car]]);
    expect(steeredBy([1, [car]], [50, []])).toBeCloseTo(0.5 * (known ?? 0), 2);
    expect(steeredBy([1, [car]], [50, [car]])).toBeGreaterThan(2 * (known ?? 0));
    expect(steeredBy([50, []])).toBeGreaterThan(2 * (known ?? 0));
  });

  it('goes on from positions and prices where its options or knobs change', () => {
    const before = policyOf();
    let decision = before.first();
    for (let i = 0; i < 6; i += 1) decision = before.next(observe(decision.configuration, kbps(400), 1));
    const after = createOneAdapt(options({ learningRate: 0.1 }), {
      knobs,
      active: DEFAULT_KNOBS,
      start: decision,
      gpuCost,
      budget: kbps(400),
    });
    expect(after.first()).toMatchObject({
      configuration: decision.configuration,
      positions: decision.positions,
      prices: decision.prices,
    });
  });

  it('keeps the bandwidth budget where the frame rate cannot bring the detector time down, and else the picture', () => {
    const at = (bandwidthKbps: number | null): Configuration => {
      const policy = policyOf();
      let configuration = policy.first().configuration;
      for (let i = 0; i < 8; i += 1)
        configuration = policy.next(
          observe(configuration, { bandwidthKbps, gpuMsPerSecond: 1 }, 1),
        ).configuration;
      return configuration;
    };
    expect(at(200).frameRate).toBe(1);
    expect(kbpsOf(at(200))).toBeLessThanOrEqual(210);
    expect(at(null)).toEqual({ ...TOP, frameRate: 1 });
  });

  it('in its published form starts at the top and jumps half a ladder at first', () => {
    const policy = policyOf({ rule: 'adam', learningRate: 0.5, beta: 0.5, rounding: 'expensive' });
    const { configuration } = policy.first();
    expect(configuration).toEqual({ ...REST, resolution: '640x384', quantizer: 32, frameRate: 10 });
    const flatGradient = observe(configuration, kbps(50), 1);
    expect(policy.next(flatGradient).positions.quantizer).toBeCloseTo(0.5, 2);
  });
});

describe('OneAdapt with key frames, codec and colour among its knobs', () => {
  /** What each interval ran, and what it really sent: with its key frame or without one. */
  function stream(
    policy: Policy,
    budget: Budget,
    count: number,
    filters: readonly FilterKnob[] = [],
  ): { ran: Configuration; kbps: number }[] {
    const keyFrames = createKeyFrames();
    let ran = policy.first().configuration;
    return Array.from({ length: count }, (_, i) => {
      const { keyBytes, meanDeltaBytes } = frameBytesOf(ran);
      const encoder = `${ran.codec} ${ran.resolution}`;
      const keys = keyFrames.isDue(encoder, i, ran.keyFrameInterval, i === 0) ? 1 : 0;
      const bytes = keys * keyBytes + (framesOf(ran) - keys) * meanDeltaBytes;
      const interval = { ran, kbps: (bytes * 8) / 1000 };
      ran = policy.next(observe(ran, budget, 1, filters)).configuration;
      return interval;
    });
  }
  const climbing = KNOB_NAMES.filter((name) => !isFilterKnob(name));
  const all = (active: readonly KnobName[] = climbing): Policy =>
    createOneAdapt(options(), { knobs, active, start: null, budget: NO_BUDGET, gpuCost });
  const changes = (run: readonly { ran: Configuration }[], name: KnobName): number =>
    run.filter(({ ran }, i) => i > 0 && ran[name] !== run[i - 1]?.ran[name]).length;

  it('keeps its budget on average over the key frames, uses it, and leaves out the key frames that cost', () => {
    fc.assert(
      fc.property(fc.double({ min: 80, max: 2000, noNaN: true }), (budget) => {
        const run = stream(all(), kbps(budget), 60).slice(10);
        expect(mean(run.map((interval) => interval.kbps))).toBeLessThanOrEqual(budget * 1.05);
        expect(mean(run.map((interval) => interval.kbps))).toBeGreaterThanOrEqual(
          0.6 * Math.min(budget, kbpsOf({ ...TOP, keyFrameInterval: 10 })),
        );
      }),
      { numRuns: 12 },
    );
    expect(stream(all(), kbps(600), 30).at(-1)?.ran.keyFrameInterval).toBe(10);
  });

  it('stays with a codec, a colour and a resolution for a while, since a change costs a key frame or is seen', () => {
    fc.assert(
      fc.property(fc.double({ min: 80, max: 2000, noNaN: true }), (budget) => {
        const run = stream(all(), kbps(budget), 60).slice(10);
        for (const name of ['codec', 'colour', 'keyFrameInterval'] as const)
          expect(changes(run, name), name).toBeLessThanOrEqual(run.length / 4);
        expect(changes(run, 'resolution')).toBeLessThanOrEqual(run.length / 2);
      }),
      { numRuns: 12, examples: [[432.52854509340773]] },
    );
  });

  it.each(KNOB_NAMES)('moves %s alone, and the others not at all', (name) => {
    const run = stream(all([name]), kbps(40), 12, isFilterKnob(name) ? [name] : []);
    for (const other of KNOB_NAMES) expect(changes(run, other) > 0, other).toBe(other === name);
  });
});

describe('OneAdapt with the frame filter', () => {
  const cost = gpuCost.inferenceMs;
  const gpu = (frames: number): Budget => ({
    bandwidthKbps: null,
    gpuMsPerSecond: frames * cost + gpuCost.backwardMs,
  });
  const decide = (
    active: readonly KnobName[],
    budget: Budget,
    count = 4,
    changed: Partial<OneAdaptOptions> = {},
  ) => {
    // A backward pass every interval, so that the budget leaves the same frames in each.
    const policy = createOneAdapt(options({ backwardShare: null, ...changed }), {
      knobs,
      active,
      start: null,
      budget: NO_BUDGET,
      gpuCost,
    });
    let decision = policy.first();
    for (let i = 0; i < count; i += 1) {
      const filters = FILTER_KNOBS.filter((name) => active.includes(name));
      decision = policy.next(observe(decision.configuration, budget, 1, filters));
    }
    return decision;
  };

  it('sends all while nothing is scarce', () => {
    const { configuration, prices } = decide(FILTER_KNOBS, { bandwidthKbps: null, gpuMsPerSecond: null });
    expect(configuration).toEqual(TOP);
    expect(prices).toEqual({ bandwidth: 0, gpu: 0 });
  });

  it.each(FILTER_KNOBS)('meets a GPU budget by %s alone, and uses what it leaves', (name) => {
    fc.assert(
      fc.property(fc.double({ min: 1.1, max: 9.9, noNaN: true }), (frames) => {
        const { configuration, prices } = decide([name], gpu(frames), 3);
        const sent = framesOf(configuration);
        expect(sent).toBeLessThanOrEqual(frames);
        // The next threshold would send more than fits.
        const { values } = knobs[name];
        const higher = values[values.indexOf(configuration[name]) + 1];
        expect(framesOf({ ...configuration, [name]: higher })).toBeGreaterThan(frames);
        expect(prices.gpu).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('sends the frames that are worth the fixed price of what has no budget, and asks none of what has one', () => {
    const sent = (changed: Partial<OneAdaptOptions>, budget = NO_BUDGET): number =>
      framesOf(decide(['pixelFilter'], budget, 4, changed).configuration);
    // A frame is worth 0.05 and takes 20 ms of detector time.
    expect(sent({ gpuPrice: 2.4 })).toBe(10);
    expect(sent({ gpuPrice: 2.6 })).toBeLessThan(2);
    expect(sent({ gpuPrice: 2.6 }, gpu(5))).toBe(sent({}, gpu(5)));
    // At the top the frames after the first are 9 · 30 kB: 2160 kbps for 0.45.
    expect(sent({ bandwidthPrice: 0.01 })).toBe(10);
    expect(sent({ bandwidthPrice: 2 })).toBeLessThan(2);
  });

  it('meets a bandwidth budget too, with the frames that it keeps', () => {
    for (const budget of [250, 500, 1000]) {
      const { configuration } = decide(['quantizer', 'pixelFilter'], kbps(budget), 20);
      expect(kbpsOf(configuration)).toBeLessThanOrEqual(budget * 1.05);
      expect(kbpsOf(configuration)).toBeGreaterThanOrEqual(budget * 0.6);
    }
  });

  it('has a price while the budget binds, also where all other knobs stand at their top', () => {
    const { configuration, prices } = decide(['quantizer', 'pixelFilter'], gpu(4), 20);
    expect(configuration.quantizer).toBe(32);
    expect(prices.gpu).toBeGreaterThan(0.01);
  });

  it('tells for each threshold what its neighbour would lose and spend', () => {
    const { steering } = decide(['pixelFilter'], gpu(5), 2);
    expect(steering.pixelFilter?.accGrad).toBeGreaterThan(0);
    expect(steering.pixelFilter?.gpuGrad).toBeGreaterThan(0);
    expect(steering.pixelFilter?.bandwidthGrad).toBeGreaterThan(0);
  });

  it('decides within a moment, with all three', () => {
    const { configuration } = decide(KNOB_NAMES, gpu(4));
    const { inferenceMs, backwardMs } = passCost(knobs, configuration, gpuCost);
    expect(framesOf(configuration) * inferenceMs + backwardMs).toBeLessThanOrEqual(4 * cost + 60);
  });

  it('takes the frame rate beside a threshold from what was tried, and alone by its gradient', () => {
    const { configuration, positions } = decide(['frameRate', 'pixelFilter'], gpu(4));
    expect(framesOf(configuration)).toBeLessThanOrEqual(4);
    expect(framesOf(configuration)).toBeGreaterThan(framesOf(decide(['pixelFilter'], gpu(4)).configuration));
    expect(positions.frameRate).toBeCloseTo(positionsOf(knobs, configuration).frameRate, 9);
    expect(decide(['frameRate'], gpu(4)).configuration.frameRate).toBeLessThan(10);
  });
});

describe('OneAdapt with the server’s knobs', () => {
  const SERVER = ['inputSize', 'member', 'frameRate'] as const;
  /** What the accounts charge for an interval. */
  const gpuOf = ({ configuration, backward }: Decision, active: readonly KnobName[]): number => {
    const { inferenceMs, backwardMs } = passCost(knobs, configuration, gpuCost);
    const beside =
      neighbour(knobs, configuration, 'member', 1) ?? neighbour(knobs, configuration, 'member', -1);
    const look = beside && active.includes('member') ? passCost(knobs, beside, gpuCost).inferenceMs : 0;
    return configuration.frameRate * inferenceMs + (backward === 'always' ? backwardMs : 0) + look;
  };
  const spent = (active: readonly KnobName[], gpuMsPerSecond: number, intervals = 20) => {
    const policy = createOneAdapt(options(), { knobs, active, start: null, budget: NO_BUDGET, gpuCost });
    let decision = policy.first();
    return Array.from({ length: intervals }, () => {
      const ran = decision;
      decision = policy.next(observe(ran.configuration, { bandwidthKbps: null, gpuMsPerSecond }, 1));
      return { ran: ran.configuration, ms: gpuOf(ran, active), decision };
    });
  };

  it('is under any reachable budget of detector time after the first interval, and uses it', () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 272, noNaN: true }), (budget) => {
        const run = spent(SERVER, budget).slice(1);
        for (const { ms } of run) expect(ms).toBeLessThanOrEqual(budget + 1e-6);
        expect(mean(run.slice(-5).map(({ ms }) => ms))).toBeGreaterThanOrEqual(0.5 * budget);
      }),
    );
  });

  it.each(['inputSize', 'member', 'frameRate'] as const)('holds it with %s alone', (name) => {
    for (const { ms, ran } of spent([name], 170).slice(1)) {
      expect(ms).toBeLessThanOrEqual(170);
      expect(ran).toMatchObject({ quantizer: 32, resolution: '640x384' });
    }
  });

  it('counts no byte for them and a price only for detector time', () => {
    const { decision } = spent(SERVER, 100).at(-1) ?? {};
    for (const name of ['inputSize', 'member'] as const) {
      expect(decision?.steering[name]?.bandwidthGrad).toBe(0);
      expect(decision?.steering[name]?.gpuGrad).toBeGreaterThan(0);
    }
    expect(decision?.prices.gpu).toBeGreaterThan(0);
    expect(decision?.prices.bandwidth).toBe(0);
  });

  it('leaves them at the top while only bytes are scarce, be the budget out of reach', () => {
    const policy = createOneAdapt(options(), {
      knobs,
      active: [...SERVER, 'quantizer'],
      start: null,
      budget: NO_BUDGET,
      gpuCost,
    });
    let { configuration } = policy.first();
    for (let i = 0; i < 12; i += 1)
      configuration = policy.next(observe(configuration, kbps(1), 1)).configuration;
    expect(configuration).toMatchObject({
      inputSize: '480x288',
      member: 'default',
      quantizer: 240,
      frameRate: 1,
    });
  });

  it('gives a resource that no knob moves no price', () => {
    const policy = createOneAdapt(options(), {
      knobs,
      active: ['inputSize'],
      start: null,
      budget: NO_BUDGET,
      gpuCost,
    });
    const { prices } = policy.next(observe(policy.first().configuration, kbps(1), 1));
    expect(prices).toEqual({ bandwidth: 0, gpu: 0 });
  });
});
