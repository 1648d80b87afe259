/** What a detector says: boxes in fractions of the frame, so that they survive any change of resolution. */
export interface Box {
  /** Left edge, fraction of the frame's width. */
  readonly x: number;
  /** Top edge, fraction of the frame's height. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Detection extends Box {
  readonly label: string;
  /** Confidence in [0, 1]. */
  readonly score: number;
}

/** An exact box of the scene. */
export interface TruthBox extends Box {
  readonly label: string;
  /** Share of the object that something nearer hides, in [0, 1]. */
  readonly occlusion: number;
  /** Too small, too hidden or too far outside the frame to be asked of a detector. */
  readonly ignored: boolean;
}
