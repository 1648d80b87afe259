/**
 * EAAR (Liu, Li and Gruteser, "Edge assisted real-time object detection for mobile augmented reality", MobiCom 2019), its
 * dynamic region-of-interest encoding: what the server proposed on the last frame that it analysed marks the blocks of the
 * present frame that get high quality; the others get low quality.
 *
 * Rule: a tile keeps full quality if a proposal with a score of at least 0.1 on the frame before touches it. A proposal that
 * has moved since the frame before that, or is new, marks the tiles around its own as well. On a run's first frame all tiles
 * are kept.
 *
 * Charged: its frames' bytes and inferences. Knowing the proposals costs nothing more, since the server has them anyway;
 * their few bytes back to the sensor are not counted.
 *
 * Departures: tiles of a 16 × 9 grid instead of macroblocks; tiles that are given up have a quantizer that is coarser by 48 of
 * 255, in a pass of their own (sensor/tiles/twoPasses.ts), and above 144 less detail instead, as all tiles of the lab; proposals are the detector's boxes below its threshold, as
 * the lab's detectors have no region-proposal network. The paper's tracking on the device, its parallel
 * streaming and its choice of which frames to send are not here: all frames of the frame rate are sent, and a frame is
 * analysed before the next one is encoded, without the paper's lag. It has no rate control: rateKeeper.ts is ours.
 */
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import { intersectionOverUnion } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import { allTiles } from '../domain/tiles.ts';
import { FINEST_GRID, tilesUnder } from './boxTiles.ts';
import type { FrameSeen, Policy, PolicyContext } from './policy.ts';
import { rateKept } from './rateKeeper.ts';
import { givenConfiguration } from './ungraded.ts';

/** Proposals below this are noise. */
const PROPOSAL_SCORE = 0.1;
/** A box that overlaps one of the frame before as much as this stands still. */
const STILL_IOU = 0.9;

/** @throws Error when the configuration holds a value that is not on its ladder */
export function createEaar(configuration: Partial<Configuration>, context: PolicyContext): Policy {
  const { knobs } = context;
  // The regions decide about the tiles.
  const base = { ...givenConfiguration(configuration, context), tiles: topConfiguration(knobs).tiles };
  /** The frame before, and the one before that. */
  let latest: FrameSeen | null = null;
  let earlier: FrameSeen | null = null;

  const proposalsOf = (seen: FrameSeen | null): readonly Detection[] =>
    (seen?.proposals ?? []).filter(({ score }) => score >= PROPOSAL_SCORE);
  const isStill = (box: Detection): boolean =>
    proposalsOf(earlier).some(
      (old) => old.label === box.label && intersectionOverUnion(old, box) >= STILL_IOU,
    );

  return {
    ...rateKept(context, base),
    regions: {
      grid: FINEST_GRID,
      usesImportance: false,
      keep(before) {
        if (before !== latest) [earlier, latest] = [latest, before];
        if (before === null) return allTiles(FINEST_GRID);
        return tilesUnder(FINEST_GRID, proposalsOf(before), (box) => (isStill(box) ? 0 : 1));
      },
    },
  };
}
