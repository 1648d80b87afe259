/** Positions 0 … 1 of the two knobs to pixels of the plot. */
export interface Projection {
  readonly x: (position: number) => number;
  readonly y: (position: number) => number;
}
