import { expect, it } from 'vitest';
import { lookingBack, lookingBackAt, type Spent } from './lookingBack.ts';

const spent = (accuracy: number, bandwidthKbps: number): Spent => ({
  ...{ accuracy, bandwidthKbps },
  gpuMsPerSecond: bandwidthKbps / 10,
});
/** A cheap and a dear configuration. */
const HARD = [spent(0.5, 100), spent(1, 400)];
const EASY = [spent(1, 100), spent(1, 400)];
/** Seconds in which the dear one gains hardly anything. */
const NEARLY = Array.from({ length: 20 }, () => [spent(0.995, 100), spent(1, 400)]);
const SECONDS = [HARD, HARD, HARD, EASY, EASY, EASY];

it('begins where the best static stands and goes to what was worth most, late for what comes', () => {
  // At 1 F1 a Mbit/s the cheap one is worth 0.4 on a hard second and 0.9 on an easy one, the dear one 0.6 on either: cheap is the best static.
  // After the first second dear leads by 0.6 to 0.4, after the fourth, the first easy one, still by 1.771 to 1.681, after the fifth cheap by 2.245 to 2.017.
  const { accuracy, bandwidthKbps } = lookingBackAt(1, SECONDS, 'bandwidth');
  expect(accuracy).toBeCloseTo((0.5 + 5) / 6, 9);
  expect(bandwidthKbps).toBeCloseTo((2 * 100 + 4 * 400) / 6, 9);
});

it('looks at detector time the same way', () => {
  const byTime = lookingBackAt(10, SECONDS, 'gpu');
  expect(byTime.gpuMsPerSecond).toBeCloseTo(lookingBackAt(1, SECONDS, 'bandwidth').gpuMsPerSecond, 9);
});

it('has prices from nearly free to too dear for anything', () => {
  for (const resource of ['bandwidth', 'gpu'] as const) {
    const means = lookingBack([HARD, ...NEARLY, HARD], resource);
    expect(means[0]).toEqual(spent(1, 400));
    expect(means.at(-1)).toMatchObject({ bandwidthKbps: 100 });
  }
});
