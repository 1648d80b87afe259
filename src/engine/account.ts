/** Adds up one interval: bytes, accuracy, passes, time. */
import { f1, f1AgainstTruth } from '../domain/accuracy.ts';
import type { Detection, TruthBox } from '../domain/detection.ts';
import type { FrameBytes } from '../gradients/bandwidthGrad.ts';

export interface MeasuredFrame {
  /** Captured frame within the interval, 0 … 9; a live run that cannot keep up measures only some. */
  readonly frameIndex: number;
  /** The captured frame that was shown at it: the same, or an earlier one where it was not sent. */
  readonly shownIndex: number;
  readonly detections: readonly Detection[];
  /** The same before the threshold on their scores. */
  readonly proposals: readonly Detection[];
  /** What stands at its time: the same, or what was seen before where that came too late. */
  readonly standing: readonly Detection[];
  readonly reference: readonly Detection[];
  readonly truth: readonly TruthBox[] | null;
}

/** What a policy spends beside sending and detecting each frame once: profiling, second rounds. */
export interface Extra {
  readonly bytes: number;
  readonly encodes: number;
  readonly inferences: number;
  /** Of these inferences as measured, milliseconds. */
  readonly gpuMs: number;
  /** The same as counts × cost of a pass. */
  readonly gpuAccountedMs: number;
}

/** One frame, whatever it was encoded in. */
export interface SentFrame {
  readonly bytes: number;
  readonly key: boolean;
  /** From its capture to its arrival; Infinity: never. */
  readonly delaySeconds: number;
  /** Encodes that it took. */
  readonly encodes: number;
}

export interface Account {
  sent(frame: SentFrame): void;
  captured(referenceBytes: number): void;
  /** @returns F1 of this frame against the reference */
  measured(frame: MeasuredFrame): number;
  inferred(count: number, elapsedMs: number): void;
  spent(extra: Extra): void;
  /** The last frame sent is whole only now, with its second round: from its capture to that one's arrival. */
  delayed(delaySeconds: number): void;
  /** @param alone bytes of a frame encoded alone, for an interval that sent no key frame */
  frameBytes(alone: number): FrameBytes;
  /** Every measured frame, in order. */
  measuredFrames(): readonly MeasuredFrame[];
  totals(): {
    readonly bytes: number;
    readonly referenceBytes: number;
    readonly frames: number;
    readonly sentFrames: number;
    /** Of the frames sent. */
    readonly encodes: number;
    readonly measuredFrames: number;
    readonly accuracy: number;
    readonly accuracyTruth: number | null;
    readonly inferences: number;
    readonly gpuMs: number;
    /** Mean over the frames sent; null: one of them never arrives. */
    readonly delayMs: number | null;
    /** Not in the figures above. */
    readonly extra: Extra;
  };
}

export function createAccount(): Account {
  let keyBytes = 0;
  const deltaBytes: number[] = [];
  const delaysMs: number[] = [];
  const accuracies: number[] = [];
  const truthAccuracies: number[] = [];
  const measuredFrames: MeasuredFrame[] = [];
  let referenceBytes = 0;
  let frames = 0;
  let encodes = 0;
  let inferences = 0;
  let gpuMs = 0;
  let extra: Extra = { bytes: 0, encodes: 0, inferences: 0, gpuMs: 0, gpuAccountedMs: 0 };

  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const mean = (list: readonly number[]): number => sum(list) / Math.max(1, list.length);

  return {
    sent({ bytes, key, delaySeconds, encodes: taken }) {
      encodes += taken;
      if (key) keyBytes += bytes;
      else deltaBytes.push(bytes);
      delaysMs.push(delaySeconds * 1000);
    },
    captured(bytes) {
      frames += 1;
      referenceBytes += bytes;
    },
    measured(frame) {
      const { standing, reference, truth } = frame;
      measuredFrames.push(frame);
      const accuracy = f1(standing, reference);
      accuracies.push(accuracy);
      if (truth) truthAccuracies.push(f1AgainstTruth(standing, truth));
      return accuracy;
    },
    inferred(count, elapsedMs) {
      inferences += count;
      gpuMs += elapsedMs;
    },
    spent(more) {
      extra = {
        bytes: extra.bytes + more.bytes,
        encodes: extra.encodes + more.encodes,
        inferences: extra.inferences + more.inferences,
        gpuMs: extra.gpuMs + more.gpuMs,
        gpuAccountedMs: extra.gpuAccountedMs + more.gpuAccountedMs,
      };
    },
    delayed(delaySeconds) {
      delaysMs[delaysMs.length - 1] = delaySeconds * 1000;
    },
    frameBytes: (alone) => ({
      keyBytes: keyBytes > 0 ? keyBytes : alone,
      meanDeltaBytes: deltaBytes.length === 0 ? null : mean(deltaBytes),
    }),
    measuredFrames: () => measuredFrames,
    totals: () => ({
      bytes: keyBytes + sum(deltaBytes),
      referenceBytes,
      frames,
      sentFrames: delaysMs.length,
      encodes,
      measuredFrames: accuracies.length,
      accuracy: mean(accuracies),
      accuracyTruth: truthAccuracies.length === 0 ? null : mean(truthAccuracies),
      inferences,
      gpuMs,
      delayMs: delaysMs.every(Number.isFinite) ? mean(delaysMs) : null,
      extra,
    }),
  };
}
