/**
 * AccMPEG (Du et al., MLSys 2022): a small net on the sensor predicts how much each macroblock's quality matters to the
 * detector; blocks above a bound get the good quantizer, the others the bad one. One prediction serves ten frames.
 *
 * Rule: a tile keeps full quality if its predicted importance on the interval's first frame is above the bound; the map holds
 * for the interval, ten captures. The authors' code has bounds of 0.15 to 0.2. Importance is a chance: that a block is one of the
 * few that together hold 80 % of what blurring the whole frame would cost the detector; a tile has its greatest block's.
 *
 * Charged: its frames' bytes and inferences. The net runs on the sensor, once an interval, and takes no detector time.
 *
 * Departures: tiles of a 16 × 9 grid instead of macroblocks, the others with a quantizer that is coarser by 48 of 255, in a pass of their own
 * (sensor/tiles/twoPasses.ts), and above 144 less detail instead, though the net learnt from blurred ones; the net is the lab's own, a perceptron on each block, trained on the
 * DNNGrads of the detector `default` on the lab's scene, where the authors train a convolutional one for each detector: with other detectors and on
 * clips it is out of its domain (training/importance/README.md); the authors tune nothing while it runs. It has no rate control: rateKeeper.ts is ours.
 */
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { AccMpegOptions } from '../domain/experiment.ts';
import { allTiles } from '../domain/tiles.ts';
import { FINEST_GRID } from './boxTiles.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { rateKept } from './rateKeeper.ts';
import { givenConfiguration } from './ungraded.ts';

/** @throws Error when the configuration holds a value that is not on its ladder */
export function createAccMpeg(
  { bound, configuration }: AccMpegOptions & { readonly configuration: Partial<Configuration> },
  context: PolicyContext,
): Policy {
  const { knobs } = context;
  // The regions decide about the tiles.
  const base = { ...givenConfiguration(configuration, context), tiles: topConfiguration(knobs).tiles };
  return {
    ...rateKept(context, base),
    regions: {
      grid: FINEST_GRID,
      usesImportance: true,
      keep: (_, importance) => importance?.map((value) => value > bound) ?? allTiles(FINEST_GRID),
    },
  };
}
