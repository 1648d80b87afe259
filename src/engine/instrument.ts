/**
 * The server's part of the lab's instrument: what the detector would have said, had the interval been sent at another
 * configuration. It has a decoder of its own and touches nothing that the run goes on with.
 */
import * as tf from '@tensorflow/tfjs';
import type { Detection } from '../domain/detection.ts';
import type { Candidates, DetectResult, Detector } from '../detectors/detector.ts';
import { utilityOfScores } from '../gradients/dnnGrad.ts';
import type { StreamDecoder } from '../sensor/frameDecoder.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Scaler } from '../sensor/pixels.ts';

export interface Replay {
  /** What is shown at each capture; a frame that is not sent reuses the last detections. */
  readonly detections: readonly (readonly Detection[])[];
  /** U on the last shown frame less U where the interval ran, over the candidates there and per candidate. */
  readonly utilityChange: number;
}

export interface Instrument {
  /**
   * Decodes and detects a whole interval.
   * @param packets one a capture, the first a key frame; null where none is sent
   * @param present what was found on the last frame of the interval as it ran
   * @param slope of the utility
   */
  replay(packets: readonly (Packet | null)[], present: DetectResult, slope: number): Promise<Replay>;
}

export function createInstrument(detector: Detector, scaler: Scaler, decoder: StreamDecoder): Instrument {
  return {
    async replay(packets, { candidates }, slope) {
      const detections: (readonly Detection[])[] = [];
      let shown: readonly Detection[] = [];
      let pixels: Uint8ClampedArray | undefined;
      for (const packet of packets) {
        if (packet) {
          const frame = await decoder.decode(packet);
          pixels = scaler.pixels(frame);
          frame.close();
          shown = (await detector.detect(pixels)).detections;
        }
        detections.push(shown);
      }
      const scores = pixels ? await scoresAt(detector, pixels, candidates) : candidates.scores;
      const utility = (of: Float32Array): number => utilityOfScores(of, slope, detector.card.threshold);
      const change = (utility(scores) - utility(candidates.scores)) / Math.max(1, scores.length);
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
