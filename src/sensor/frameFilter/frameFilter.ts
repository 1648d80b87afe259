/**
 * The frame filter (Reducto, SIGCOMM 2020): a frame is sent when it differs enough from the last one that was sent, by
 * every feature that has a threshold. What is not sent is not analysed either: the last result stands.
 */
import type { FilterKnob } from '../../domain/knob.ts';
import { areaDifference, blurred } from './areaFeature.ts';
import { edgeDifference, edgesOf, type Edges } from './edgeFeature.ts';
import type { Luma } from './luma.ts';
import { pixelDifference } from './pixelFeature.ts';

const FEATURES = ['pixel', 'area', 'edge'] as const;
type Feature = (typeof FEATURES)[number];

/** Least share of the frame that has to change; 0: this feature filters nothing. */
export type FilterThresholds = Readonly<Record<Feature, number>>;

/** A frame with what the features make of it, each made once and only when it is asked for. */
export interface FilterFrame {
  luma(): Luma;
  blurred(): Luma;
  edges(): Edges;
  /** Differences to earlier frames. */
  readonly known: Readonly<Record<Feature, Map<FilterFrame, number>>>;
}

/** @param makeLuma of a captured frame; asked for once, if at all */
export function filterFrame(makeLuma: () => Luma): FilterFrame {
  let made: Luma | undefined;
  let soft: Luma | undefined;
  let edges: Edges | undefined;
  const luma = (): Luma => (made ??= makeLuma());
  return {
    luma,
    blurred: () => (soft ??= blurred(luma())),
    edges: () => (edges ??= edgesOf(luma())),
    known: { pixel: new Map(), area: new Map(), edge: new Map() },
  };
}

const DIFFERENCES: Readonly<Record<Feature, (a: FilterFrame, b: FilterFrame) => number>> = {
  pixel: (a, b) => pixelDifference(a.luma(), b.luma()),
  area: (a, b) => areaDifference(a.blurred(), b.blurred()),
  edge: (a, b) => edgeDifference(a.edges(), b.edges()),
};

/** The share of the frame that has changed, by one feature. */
function difference(feature: Feature, frame: FilterFrame, last: FilterFrame): number {
  const known = frame.known[feature];
  const value = known.get(last) ?? DIFFERENCES[feature](frame, last);
  known.set(last, value);
  return value;
}

/** Does the frame differ enough from the last one sent? */
const passes = (frame: FilterFrame, last: FilterFrame, thresholds: FilterThresholds): boolean =>
  FEATURES.every(
    (feature) => thresholds[feature] === 0 || difference(feature, frame, last) >= thresholds[feature],
  );

/**
 * Which of an interval's frames are sent; the first always is.
 * @param isTurn is it this frame's turn by the frame rate? Asked for every frame, in order
 * @returns for each frame the index of the frame that is shown at its time, which is its own where it is sent
 */
export function shownUnder(
  frames: readonly FilterFrame[],
  thresholds: FilterThresholds,
  isTurn: (index: number) => boolean = () => true,
): number[] {
  let shown = 0;
  return frames.map((frame, i) => {
    const last = frames[shown];
    if (isTurn(i) && i > 0 && last && passes(frame, last, thresholds)) shown = i;
    return shown;
  });
}

/** By what share each frame differs from the one before, by every feature; 0 at the first. */
export function consecutiveDifferences(frames: readonly FilterFrame[]): Record<FilterKnob, number[]> {
  const by = (feature: Feature): number[] =>
    frames.map((frame, i) => {
      const before = frames[i - 1];
      return before ? difference(feature, frame, before) : 0;
    });
  return { pixelFilter: by('pixel'), areaFilter: by('area'), edgeFilter: by('edge') };
}
