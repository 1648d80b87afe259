/**
 * DDS (Du et al., "Server-driven video streaming for deep learning inference", SIGCOMM 2020): every frame is sent in low
 * quality; regions in which the detector has seen something without being sure are sent again in high quality, and the
 * detector looks a second time.
 *
 * Rule: a region is asked for again if its proposal is not accepted but has a score of at least 0.1, covers no more than 1 %
 * of the frame, and overlaps no accepted box with an IoU above 0.3. Its tiles are sent again at `again`. The authors' code
 * (`get_regions_to_query`) has the same three tests with size 0.0025 to 0.01 and IoU 0 to 0.3; its quantizers are 34 to 40 of
 * 51 in the first pass and 24 to 26 in the second. Where none is given, the lab takes the rungs nearest to 36 and
 * 26 of 51 of its encoder's range.
 *
 * Charged: the bytes of both passes, the encodes of both, an inference for each pass, and one more round trip where there is a
 * second pass.
 *
 * Departures: tiles of a 16 × 9 grid instead of boxes; frame by frame instead of in batches of 15; proposals are the
 * detector's boxes below its threshold, as the lab's detectors have no region-proposal network. Under a bandwidth budget both
 * quantizers move together by rateKeeper.ts, which is ours, until the finer one is at the ladder's end.
 */
import { topConfiguration, type Configuration, type Knobs } from '../domain/configuration.ts';
import { intersectionOverUnion } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import type { DdsOptions } from '../domain/experiment.ts';
import { allTiles } from '../domain/tiles.ts';
import { FINEST_GRID, tilesUnder } from './boxTiles.ts';
import type { FrameSeen, Policy, PolicyContext } from './policy.ts';
import { createRateKeeper } from './rateKeeper.ts';
import { decisionAt, givenConfiguration, UNGRADED } from './ungraded.ts';

const PROPOSAL_SCORE = 0.1;
/** Share of the frame above which nobody need look twice. */
const LARGEST_AREA = 0.01;
const ACCEPTED_IOU = 0.3;
/** Quantizers as shares of the encoder's range: 36 and 26 of H.264's 51. */
const LOW_QUALITY = 36 / 51;
const HIGH_QUALITY = 26 / 51;
/** Of VP9 and AV1 in Chromium. */
const ENCODER_RANGE = 255;

/** The rung nearest to a share of the encoder's range; of two the cheaper. */
function quantizerNear(knobs: Knobs, share: number): number {
  const values = knobs.quantizer.values.map(Number);
  const wanted = share * ENCODER_RANGE;
  return values.reduce((best, value) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best));
}

/** Boxes that might be something, and of which the detector is not sure. */
export const uncertainRegions = ({ detections, proposals }: FrameSeen): readonly Detection[] =>
  proposals.filter(
    (box) =>
      box.score >= PROPOSAL_SCORE &&
      box.width * box.height <= LARGEST_AREA &&
      // An accepted box is itself among the proposals, and overlaps itself.
      !detections.some((accepted) => intersectionOverUnion(accepted, box) > ACCEPTED_IOU),
  );

/** @throws Error when a configuration holds a value that is not on its ladder */
export function createDds(
  { again, configuration }: DdsOptions & { readonly configuration: Partial<Configuration> },
  context: PolicyContext,
): Policy {
  const { knobs } = context;
  const whole = (given: Partial<Configuration>, share: number): Configuration => ({
    ...givenConfiguration({ quantizer: quantizerNear(knobs, share), ...given }, context),
    // The regions decide about the tiles.
    tiles: topConfiguration(knobs).tiles,
  });
  const [low, high] = [whole(configuration, LOW_QUALITY), whole(again, HIGH_QUALITY)];
  const keeper = createRateKeeper(context, [low, high]);
  return {
    ...UNGRADED,
    first: () => decisionAt(knobs, keeper.applied(low)),
    next({ bandwidthKbps, againKbps, budget }) {
      keeper.observe(bandwidthKbps + againKbps, budget.bandwidthKbps);
      return decisionAt(knobs, keeper.applied(low));
    },
    regions: {
      grid: FINEST_GRID,
      usesImportance: false,
      keep: () => allTiles(FINEST_GRID),
      again: {
        get configuration() {
          return keeper.applied(high);
        },
        tiles: (seen) => tilesUnder(FINEST_GRID, uncertainRegions(seen), () => 0),
      },
    },
  };
}
