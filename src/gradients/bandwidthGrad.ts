/**
 * How bandwidth moves with a knob. For a knob that changes a frame the probes tell: the neighbour's key frame was really
 * encoded (of the tiles their worth tells more, tileWorth.ts). For the frame rate and the key frames no extra encode is needed: the interval's own key and delta frames tell.
 */
import { INTERVAL_SECONDS } from '../domain/interval.ts';

/**
 * A delta frame grows with the time it spans, about as its square root: a prototype on real clips saw 20–45 % fewer bytes for half the
 * frames, which needs exponents of 0.15 to 0.7.
 */
export const DELTA_GROWTH_EXPONENT = 0.5;
/** Size of a delta frame as a share of the key frame, where the interval held none. */
export const UNSEEN_DELTA_SHARE = 0.3;

/** Bytes of an interval by kind of frame. */
export interface FrameBytes {
  /** Of the interval's key frame; where none was sent, of its last frame encoded alone for the probes. */
  readonly keyBytes: number;
  /** Mean over the interval's delta frames; null where no delta frame was sent. */
  readonly meanDeltaBytes: number | null;
}

/** ∂ ln(bytes)/∂x from the key frames of two neighbours; `step` is their signed distance on the position axis. */
export function slopeFromProbes(presentBytes: number, neighbourBytes: number, step: number): number {
  return Math.log(neighbourBytes / presentBytes) / step;
}

/** Key frames in an interval, on average over a key frame's period. */
export const keyFramesOf = (keyFrameInterval: number): number => INTERVAL_SECONDS / keyFrameInterval;

const deltaOf = ({ keyBytes, meanDeltaBytes }: FrameBytes): number =>
  meanDeltaBytes ?? UNSEEN_DELTA_SHARE * keyBytes;

/**
 * Bytes of an interval on average over a key frame's period: its share of a key frame, the rest delta frames. What is
 * sent in a second with a key frame is more, in one without it less; a policy that planned with either would swing.
 */
export const meanBytes = (bytes: FrameBytes, frames: number, keys: number): number =>
  keys * bytes.keyBytes + deltaBytesOf(bytes, frames, keys);

/** Of its delta frames alone. */
export const deltaBytesOf = (bytes: FrameBytes, frames: number, keys: number): number =>
  Math.max(0, frames - keys) * deltaOf(bytes);

/**
 * ∂ ln(bytes)/∂x of a knob that changes how many frames are sent, the frame rate or a filter's threshold.
 * @param keys key frames in an interval
 * @param ran frames sent in an interval where it ran
 * @param neighbour the same at the knob's neighbour, `step` away on the position axis
 */
export function slopeOfFrames(
  bytes: FrameBytes,
  keys: number,
  ran: number,
  neighbour: number,
  step: number,
): number {
  const meanDeltaBytes = deltaOf(bytes) * (ran / neighbour) ** DELTA_GROWTH_EXPONENT;
  const moved = meanBytes({ ...bytes, meanDeltaBytes }, neighbour, keys);
  return Math.log(moved / meanBytes(bytes, ran, keys)) / step;
}

/**
 * ∂ ln(bytes)/∂x of the key frame interval, between the one that ran and its neighbour: a key frame takes the place of a
 * delta frame.
 * @param frames sent in an interval
 * @param step signed distance of the neighbour on the position axis
 */
export const slopeOfKeyFrames = (
  bytes: FrameBytes,
  frames: number,
  ran: number,
  neighbour: number,
  step: number,
): number =>
  Math.log(meanBytes(bytes, frames, keyFramesOf(neighbour)) / meanBytes(bytes, frames, keyFramesOf(ran))) /
  step;
