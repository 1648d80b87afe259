/** What OneAdapt does about the most expensive configuration, whose F1 is 1 by definition, and after a cut. */
import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../domain/budget.ts';
import { indicesOf, topConfiguration, type Configuration } from '../../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../../domain/experiment.ts';
import { stepOf, type KnobName } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { decayOf } from '../../gradients/calibrated.ts';
import { createOneAdapt } from './oneadapt.ts';
import { GPU_COST, observation } from '../testTrace.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const TOP = topConfiguration(knobs);
const BYTES_SLOPE = 3;
const quantizerOf = (configuration: Configuration): number =>
  indicesOf(knobs, configuration).quantizer * stepOf(knobs.quantizer);

/** Only the quantizer moves; accuracy and bytes are the exponentials that OneAdapt takes them for. */
function runAt(
  bandwidthPrice: number,
  content: readonly number[],
  start: Configuration,
  cuts: readonly number[] = [],
  active: readonly KnobName[] = ['quantizer'],
) {
  const policy = createOneAdapt(
    { ...DEFAULT_ONEADAPT, calibrated: false, bandwidthPrice },
    {
      knobs,
      active,
      start: { configuration: start, positions: {}, prices: { bandwidth: 0, gpu: 0 } },
      budget: NO_BUDGET,
      gpuCost: GPU_COST,
    },
  );
  let configuration = policy.first().configuration;
  return content.map((gain, i) => {
    const x = quantizerOf(configuration);
    const bytes = 40_000 * Math.exp(BYTES_SLOPE * (x - 1));
    const value = gain * Math.exp(-decayOf('quantizer') * x);
    const estimates = { signed: value, distortion: value, towardSource: value };
    configuration = policy.next({
      ...observation({
        configuration,
        evidence: { quantizer: { estimates, logBandwidthSlope: BYTES_SLOPE, flat: false } },
      }),
      budget: NO_BUDGET,
      newContent: cuts.includes(i),
      bandwidthKbps: (bytes * 10 * 8) / 1000,
      frameBytes: { keyBytes: bytes, meanDeltaBytes: bytes },
    }).configuration;
    return quantizerOf(configuration);
  });
}
const fill = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const BELOW = { ...TOP, quantizer: 112 } as const;

describe('the most expensive configuration', () => {
  // At the ladder's end 3/2.9·e^(−2.9) = 0.057 of F1 is left over; the rungs from 0.77 on gain 0.054 besides, for 1.6 Mbit/s.
  it('is jumped to where that is worth its bytes, and not crept up to', () => {
    expect(runAt(0.03, fill(3, 8), BELOW)).toEqual(fill(1, 8));
  });

  it('is no more than another rung where it is not the reference', () => {
    const grey = runAt(0.03, fill(3, 8), { ...BELOW, colour: 'grey' });
    expect(Math.max(...grey)).toBeLessThan(1);
  });

  it('can be jumped to with tiles among the knobs only where none is given up', () => {
    const quantizers = (price: number): number[] =>
      runAt(price, fill(12, 8), BELOW, [], ['quantizer', 'tiles']);
    expect(quantizers(0.099)).toEqual(fill(1, 8));
    expect(Math.max(...quantizers(0.1))).toBeLessThan(1);
  });

  it('is left alone where its bytes are worth more', () => {
    expect(Math.max(...runAt(0.06, fill(3, 8), BELOW))).toBeLessThan(0.8);
  });
});

it('forgets after a cut what the content before was worth, and not when the same comes without one', () => {
  const contents = [...fill(8, 6), ...fill(1, 3)];
  expect(runAt(0.05, contents, BELOW).at(-1)).toBe(1);
  expect(runAt(0.05, contents, BELOW, [6]).at(-1)).toBeLessThan(0.7);
});
