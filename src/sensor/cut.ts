/** Does a frame show another picture than the one before it: a cut, or a camera that was turned? Ours. */
import type { Configuration } from '../domain/configuration.ts';
import type { Luma } from './frameFilter/luma.ts';
import { pixelDifference } from './frameFilter/pixelFeature.ts';

/**
 * Share of the pixels that change at a cut. A tenth of a second apart, at most 0.41 change within ten seconds of ten clips of the test assets (from a
 * car among cars) and of our scenes; from the end of any of them to the beginning of one of another place at least 0.54 (cut.browser.ts). From one ride
 * to another like it a cut may go unseen.
 */
const CHANGED_SHARE = 0.45;

/**
 * Where frames are missing a moving camera may show another picture, too, and nothing is said.
 * @param captures from the one frame to the other
 */
export const canBeCut = (captures: number): boolean => captures < 1.5;

export const isCut = (before: Luma, now: Luma): boolean => pixelDifference(before, now) > CHANGED_SHARE;

export interface Standing {
  readonly configuration: Configuration;
  /** Takes its place in an interval that begins with a cut. */
  readonly afterCut?: Configuration;
}

/** @param cut did the interval begin with one? */
export const standingAt = ({ configuration, afterCut }: Standing, cut: boolean): Configuration =>
  (cut ? afterCut : undefined) ?? configuration;
