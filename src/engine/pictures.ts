/** What the sensor gives for the gradients: the frame at the neighbouring configurations, as the server would see it. */
import type { Configuration } from '../domain/configuration.ts';
import { settingOf } from '../domain/serverKnobs.ts';
import { parseSize } from '../domain/size.ts';
import type { PlannedProbe } from './evidence.ts';
import type { SensorLine } from './lines.ts';
import type { TileProbes } from './sensorWorker.ts';
import type { GradientRequest } from './serverCalls.ts';

export interface Pictures {
  readonly pictures: Omit<GradientRequest, 'use' | 'tiles'>;
  /** Bytes of the present configuration's frame, then of each planned probe's. */
  readonly bytes: readonly number[];
  /** null where tiles are not asked about. */
  readonly tiles: TileProbes | null;
  /** Of all that was encoded for them. */
  readonly encodes: number;
  /** Of what the tiles alone would have taken. */
  readonly tileEncodes: number;
}

/** @param tileStep the configuration with its quantizer one step away, where tiles are asked about */
export async function takePictures(
  sensor: SensorLine,
  configuration: Configuration,
  planned: readonly PlannedProbe[],
  tileStep: Configuration | null,
): Promise<Pictures> {
  const encoded = planned.filter((probe) => probe.isEncoded);
  /** A neighbour that is not encoded looks like the present configuration, which is the first. */
  const pictureOf = (probe: PlannedProbe): number => encoded.indexOf(probe) + 1;
  const configurations = [configuration, ...encoded.map((probe) => probe.configuration)];
  const { probes, original, tiles, encodes, tileEncodes } = await sensor.probe(
    configurations,
    parseSize(configuration.inputSize),
    tileStep,
  );
  const largerOf = ({ name, step, configuration: moved }: PlannedProbe) =>
    name === 'inputSize' && step > 0 ? sensor.original(parseSize(moved.inputSize)) : null;
  const bytesOf = (picture: number): number => probes[picture]?.bytes ?? 0;
  return {
    pictures: {
      pictures: probes.map((probe) => probe.pixels),
      original,
      knobs: await Promise.all(
        planned.map(async (probe) => ({
          name: probe.name,
          step: probe.step,
          picture: pictureOf(probe),
          setting: settingOf(probe.configuration),
          original: await largerOf(probe),
        })),
      ),
    },
    tiles,
    encodes,
    tileEncodes,
    bytes: [bytesOf(0), ...planned.map((probe) => bytesOf(pictureOf(probe)))],
  };
}
