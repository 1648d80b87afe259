/**
 * The server's part of the lab's instrument: what the detector would have said, had the interval been sent at another
 * configuration. It has a decoder of its own and touches nothing that the run goes on with.
 */
import * as tf from '@tensorflow/tfjs';
import type { Detection } from '../domain/detection.ts';
import type { Candidates, Detector } from '../detectors/detector.ts';
import { utilityOfScores } from '../gradients/dnnGrad.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Look } from './serverProbe.ts';
import type { Setup } from './setups.ts';
import type { Watcher } from './watcher.ts';

export interface Replay {
  /** What is shown at each capture; a frame that is not sent reuses the last detections. */
  readonly detections: readonly (readonly Detection[])[];
  /** Frames that were looked at, and the time of those, milliseconds. */
  readonly inferences: number;
  readonly elapsedMs: number;
  /**
   * U on the last shown frame less U where the interval ran, per candidate there. Over the same candidates, where the same
   * network looks at the same size; otherwise each over its own, since the output elements do not correspond.
   */
  readonly utilityChange: number;
}

/**
 * Decodes and detects a whole interval.
 * @param packets one a capture, the first a key frame; null where none is sent
 * @param setup how the server would have looked
 * @returns with the candidates on the last shown frame
 */
export async function replay(
  watcher: Watcher,
  packets: readonly (Packet | null)[],
  setup: Setup,
): Promise<Omit<Replay, 'utilityChange'> & { readonly last: Candidates | undefined }> {
  const detections: (readonly Detection[])[] = [];
  let shown: readonly Detection[] = [];
  let last: Candidates | undefined;
  let inferences = 0;
  let elapsedMs = 0;
  for (const packet of packets) {
    const sight = packet && (await watcher.see([packet], setup, false));
    if (sight) {
      shown = sight.result.detections;
      last = sight.result.candidates;
      inferences += 1;
      elapsedMs += sight.elapsedMs;
    }
    detections.push(shown);
  }
  return { detections, inferences, elapsedMs, last };
}

/**
 * @param setup how the replay looked
 * @param last candidates on its last shown frame
 * @param present what was seen on the last frame of the interval as it ran
 * @param slope of the utility
 */
export async function utilityChange(
  watcher: Watcher,
  { detector }: Setup,
  last: Candidates | undefined,
  { setup: { detector: here }, result: { candidates } }: Pick<Look, 'setup' | 'result'>,
  slope: number,
): Promise<number> {
  const there = async (): Promise<Float32Array> => {
    if (!last) return candidates.scores;
    if (detector !== here) return last.scores;
    const look = await watcher.look();
    return look ? scoresAt(detector, look.pixels, candidates) : candidates.scores;
  };
  const utility = (scores: Float32Array, { card }: Detector): number =>
    utilityOfScores(scores, slope, card.threshold);
  const gained = utility(await there(), detector) - utility(candidates.scores, here);
  return gained / Math.max(1, candidates.scores.length);
}

/** The scores of some output elements on a picture, in the elements' order. */
async function scoresAt(
  detector: Detector,
  rgba: Uint8ClampedArray,
  { indices }: Candidates,
): Promise<Float32Array> {
  if (indices.length === 0) return new Float32Array();
  const picked = tf.tidy(() =>
    tf.gather(detector.scores(detector.input(rgba)).flatten(), tf.tensor1d(indices, 'int32')),
  );
  return picked.data<'float32'>().finally(() => picked.dispose());
}
