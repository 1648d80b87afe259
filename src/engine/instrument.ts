/**
 * The server's part of the lab's instrument: what the detector would have said, had the interval been sent at another
 * configuration. It has a decoder of its own and touches nothing that the run goes on with.
 */
import * as tf from '@tensorflow/tfjs';
import type { Detection } from '../domain/detection.ts';
import type { Candidates, Detector } from '../detectors/detector.ts';
import { utilityOfScores } from '../gradients/dnnGrad.ts';
import type { StreamDecoder } from '../sensor/frameDecoder.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Look } from './serverProbe.ts';
import type { Setup } from './setups.ts';

export interface Replay {
  /** What is shown at each capture; a frame that is not sent reuses the last detections. */
  readonly detections: readonly (readonly Detection[])[];
  /**
   * U on the last shown frame less U where the interval ran, per candidate there. Over the same candidates, where the same
   * network looks at the same size; otherwise each over its own, since the output elements do not correspond.
   */
  readonly utilityChange: number;
}

export interface Instrument {
  /**
   * Decodes and detects a whole interval.
   * @param packets one a capture, the first a key frame; null where none is sent
   * @param setup how the server would have looked
   * @param present what was seen on the last frame of the interval as it ran
   * @param slope of the utility
   */
  replay(packets: readonly (Packet | null)[], setup: Setup, present: Look, slope: number): Promise<Replay>;
}

export function createInstrument(decoder: StreamDecoder): Instrument {
  return {
    async replay(packets, { detector, scaler, enhance }, { setup, result: { candidates } }, slope) {
      const detections: (readonly Detection[])[] = [];
      let shown: readonly Detection[] = [];
      let last: Candidates | undefined;
      let pixels: Uint8ClampedArray | undefined;
      for (const packet of packets) {
        if (packet) {
          const frame = await decoder.decode(packet);
          pixels = enhance(scaler.pixels(frame));
          frame.close();
          const result = await detector.detect(pixels);
          shown = result.detections;
          last = result.candidates;
        }
        detections.push(shown);
      }
      const { detector: here } = setup;
      const there = (): Float32Array | Promise<Float32Array> => {
        if (!pixels || !last) return candidates.scores;
        return detector === here ? scoresAt(detector, pixels, candidates) : last.scores;
      };
      const utility = (scores: Float32Array, { card }: Detector): number =>
        utilityOfScores(scores, slope, card.threshold);
      const gained = utility(await there(), detector) - utility(candidates.scores, here);
      const change = gained / Math.max(1, candidates.scores.length);
      return { detections, utilityChange: change };
    },
  };
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
