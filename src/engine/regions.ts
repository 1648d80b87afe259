/** An interval of which a policy decides frame by frame which tiles keep full quality, and which are sent once more. */
import type { Configuration } from '../domain/configuration.ts';
import { passCost } from '../domain/gpuCost.ts';
import { settingOf } from '../domain/serverKnobs.ts';
import type { FrameSeen, Regions } from '../policies/policy.ts';
import type { Account } from './account.ts';
import type { IntervalPlan, Road } from './interval.ts';
import { measure, sendOn, type CapturedFrame, type Captures, type Streamed } from './stream.ts';

/** Frames that the frame rate does not send keep what was seen before. */
export async function streamRegions(
  road: Road,
  plan: IntervalPlan,
  regions: Regions,
  { frames, missedFrames, cut }: Captures,
  account: Account,
): Promise<Streamed> {
  const { sensor, server, listener } = road;
  const { configuration, gpuCost } = plan;
  const { grid, usesImportance, again } = regions;
  const places = await sensor.places(configuration);
  // The sensor's own work: it takes no detector time.
  const importance = usesImportance ? await sensor.importance(grid) : null;
  let before: FrameSeen | null = plan.seenBefore;
  let isFresh = true;
  const keptShares: number[] = [];
  listener.onStage('detect');
  for (const [place, frame] of frames.entries()) {
    const isSent = places[place] === place;
    const kept = isSent ? regions.keep(before, importance) : [];
    if (isSent) keptShares.push(kept.filter(Boolean).length / kept.length);
    const packet = isSent
      ? await sensor.encodeLayer({ layer: 'regions', place, key: place === 0, configuration, grid, kept })
      : null;
    let arrives = packet && sendOn(road, account, packet, frame.due, frame.due);
    let analysis = await server.analyse({
      packets: packet ? [packet] : [],
      referencePackets: frame.reference ? [] : [frame.capture.reference],
      setting: settingOf(configuration),
      picture: road.pictures,
    });
    account.inferred(analysis.inferences, analysis.elapsedMs);
    const tiles = packet && again ? again.tiles(analysis) : [];
    if (arrives !== null && again && tiles.some(Boolean)) {
      const second: Configuration = again.configuration;
      const layer = {
        layer: 'regions again',
        place,
        key: isFresh,
        configuration: second,
        grid,
        kept: tiles,
      } as const;
      const patch = await sensor.encodeLayer(layer);
      isFresh = false;
      // Asked for when the first round has been looked at, which takes the way back.
      arrives = road.link.send(arrives + road.link.delayMs / 1000, patch.data.length, frame.due);
      account.delayed(arrives - frame.due);
      const { reference } = analysis;
      analysis.image?.close();
      analysis = await server.patch({
        packet: patch,
        grid,
        tiles,
        setting: settingOf(second),
        picture: road.pictures,
      });
      analysis = { ...analysis, reference };
      account.spent({
        bytes: patch.data.length,
        encodes: 1,
        inferences: 1,
        gpuMs: analysis.elapsedMs,
        gpuAccountedMs: passCost(road.knobs, second, gpuCost).inferenceMs,
      });
    }
    const capture = { ...frame.capture, packet };
    const sent: CapturedFrame = { ...frame, capture, ...(arrives === null ? {} : { arrives }) };
    measure(road, plan.index, account, [sent], analysis);
    before = analysis;
  }
  const keptTilesPercent = (100 * keptShares.reduce((a, b) => a + b, 0)) / Math.max(1, keptShares.length);
  return { account, missedFrames, cut, configuration, unsentEncodes: 0, keptTilesPercent };
}
