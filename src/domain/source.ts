/** What every source of frames offers to the sensor. */
import type { TruthBox } from './detection.ts';
import type { Size } from './size.ts';

export interface SourceFrame {
  /** Owned by the receiver, who closes it. */
  readonly frame: VideoFrame;
  /** Seconds since the source began. */
  readonly seconds: number;
  /** Exact boxes where the source knows them. */
  readonly truth: readonly TruthBox[] | null;
}

export interface Source {
  /** Size at which its frames are meant to be shown, pixels; in a playlist they come in sizes of their own. */
  readonly size: Size;
  /** null: endless. */
  readonly durationSeconds: number | null;
  /** A live source gives its newest frame whatever time is asked for, and cannot run in virtual time. */
  readonly live: boolean;
  /**
   * The frame shown at a time. Times are asked for in rising order.
   * @returns null when the source has ended
   * @throws Error in a full sentence when the source is broken or gone
   */
  frameAt(seconds: number): Promise<SourceFrame | null>;
  close(): void;
}
