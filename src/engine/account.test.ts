import { expect, it } from 'vitest';
import type { Detection } from '../domain/detection.ts';
import { createAccount } from './account.ts';

const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
const car: Detection = { ...box, label: 'car', score: 0.9 };
const at = (frameIndex: number) => ({ frameIndex, shownIndex: frameIndex });
const truth = [{ ...box, label: 'car', occlusion: 0, ignored: false }];

it('adds up an interval', () => {
  const account = createAccount();
  account.captured(5000);
  account.sent({ bytes: 3000, key: true, delaySeconds: 0.02, encodes: 1 });
  account.inferred(1, 12);
  expect(
    account.measured({ ...at(0), detections: [], proposals: [], standing: [car], reference: [car], truth }),
  ).toBe(1);
  for (const bytes of [200, 400]) {
    account.captured(500);
    account.sent({ bytes, key: false, delaySeconds: 0.05, encodes: 2 });
  }
  account.inferred(1, 10);
  expect(
    account.measured({
      ...at(1),
      detections: [car],
      proposals: [],
      standing: [],
      reference: [car],
      truth: null,
    }),
  ).toBe(0);
  account.captured(500);

  expect(account.frameBytes(2800)).toEqual({ keyBytes: 3000, meanDeltaBytes: 300 });
  const { delayMs, ...totals } = account.totals();
  expect(delayMs).toBeCloseTo(40);
  expect(totals).toEqual({
    bytes: 3600,
    referenceBytes: 6500,
    frames: 4,
    sentFrames: 3,
    encodes: 5,
    measuredFrames: 2,
    accuracy: 0.5,
    accuracyTruth: 1,
    inferences: 2,
    gpuMs: 22,
    extra: { bytes: 0, encodes: 0, inferences: 0, gpuMs: 0, gpuAccountedMs: 0 },
  });
});

it('keeps what profiling and second rounds spend apart, and adds it up', () => {
  const account = createAccount();
  account.sent({ bytes: 200, key: true, delaySeconds: 0, encodes: 1 });
  account.spent({ bytes: 1000, encodes: 10, inferences: 10, gpuMs: 90, gpuAccountedMs: 100 });
  account.spent({ bytes: 0, encodes: 0, inferences: 5, gpuMs: 50, gpuAccountedMs: 45 });
  expect(account.totals()).toMatchObject({
    bytes: 200,
    inferences: 0,
    extra: { bytes: 1000, encodes: 10, inferences: 15, gpuMs: 140, gpuAccountedMs: 145 },
  });
});

it('takes the probe for the key frame of an interval that sent none', () => {
  const account = createAccount();
  account.sent({ bytes: 200, key: false, delaySeconds: 0, encodes: 1 });
  account.sent({ bytes: 400, key: false, delaySeconds: 0, encodes: 1 });
  expect(account.frameBytes(2800)).toEqual({ keyBytes: 2800, meanDeltaBytes: 300 });
  expect(account.totals().bytes).toBe(600);
});

it('of nothing is zero, not a division by it', () => {
  expect(createAccount().totals()).toMatchObject({ bytes: 0, accuracy: 0, accuracyTruth: null, delayMs: 0 });
});

it('tells the delay of a frame by its second round, and no mean where one never arrives', () => {
  const account = createAccount();
  account.sent({ bytes: 100, key: true, delaySeconds: 0.02, encodes: 1 });
  account.sent({ bytes: 100, key: false, delaySeconds: 0.02, encodes: 1 });
  account.delayed(0.06);
  expect(account.totals().delayMs).toBeCloseTo(40);
  account.sent({ bytes: 100, key: false, delaySeconds: Infinity, encodes: 1 });
  expect(account.totals().delayMs).toBeNull();
});
