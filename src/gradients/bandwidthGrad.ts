/**
 * How bandwidth moves with a knob. For resolution and quantizer the probes tell: the neighbour's key frame was really
 * encoded. For the frame rate no extra encode is needed: the interval's own key and delta frames tell.
 */
import type { Knob } from '../domain/knob.ts';
import { stepOf } from '../domain/knob.ts';

/**
 * A delta frame grows with the time it spans, about as its square root: a prototype on real clips saw 20–45 % fewer bytes for half the
 * frames, which needs exponents of 0.15 to 0.7.
 */
export const DELTA_GROWTH_EXPONENT = 0.5;
/** Size of a delta frame as a share of the key frame, where the interval held none. */
export const UNSEEN_DELTA_SHARE = 0.3;

/** Bytes of an interval by kind of frame. */
export interface FrameBytes {
  readonly keyBytes: number;
  /** Mean over the interval's delta frames; null where only a key frame was sent. */
  readonly meanDeltaBytes: number | null;
}

/** ∂ ln(bytes)/∂x from the key frames of two neighbours; `step` is their signed distance on the position axis. */
export function slopeFromProbes(presentBytes: number, neighbourBytes: number, step: number): number {
  return Math.log(neighbourBytes / presentBytes) / step;
}

/** Bytes that the interval would have taken at another frame rate. */
function bytesAtFrameRate({ keyBytes, meanDeltaBytes }: FrameBytes, ran: number, asked: number): number {
  const delta = meanDeltaBytes ?? UNSEEN_DELTA_SHARE * keyBytes;
  return keyBytes + Math.max(0, asked - 1) * delta * (ran / asked) ** DELTA_GROWTH_EXPONENT;
}

/** ∂ ln(bytes)/∂x of the frame rate, between the rate that ran and its neighbour at this signed ladder offset. */
export function slopeOfFrameRate(knob: Knob, bytes: FrameBytes, ran: number, neighbour: number): number {
  const offset = knob.values.indexOf(neighbour) - knob.values.indexOf(ran);
  const ratio = bytesAtFrameRate(bytes, ran, neighbour) / bytesAtFrameRate(bytes, ran, ran);
  return Math.log(ratio) / (offset * stepOf(knob));
}
