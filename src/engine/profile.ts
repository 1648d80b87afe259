/**
 * What a policy that profiles is told, and what it is charged: the interval is sent once more at the most expensive
 * configuration, from which the server makes the others and looks at all of them (Chameleon, SIGCOMM 2018, section 3.1).
 */
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { GpuCost } from '../domain/experiment.ts';
import { passCost } from '../domain/gpuCost.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { Profiled } from '../policies/policy.ts';
import type { Account } from './account.ts';
import type { Road } from './interval.ts';
import type { Reencoded } from '../sensor/sensor.ts';
import { alternative } from './trueChanges.ts';

/** @returns one a configuration; all that it takes is put into the interval's account */
export async function profileInterval(
  road: Road,
  account: Account,
  configurations: readonly Configuration[],
  gpuCost: GpuCost,
  endSeconds: number,
): Promise<Profiled[]> {
  if (configurations.length === 0) return [];
  const { referenceBytes, frames } = account.totals();
  // It goes out behind the interval and holds up what comes after.
  road.link.send(endSeconds, referenceBytes);
  const costOf = (at: Configuration): number => passCost(road.knobs, at, gpuCost).inferenceMs;
  account.spent({
    bytes: referenceBytes,
    encodes: frames,
    inferences: frames,
    // The reference is looked at by the instrument, which keeps no time of it.
    gpuMs: frames * costOf(topConfiguration(road.knobs)),
    gpuAccountedMs: frames * costOf(topConfiguration(road.knobs)),
  });
  /** The next configuration is encoded while the server looks at one. */
  const encode = (place: number): Promise<readonly Reencoded[]> | undefined => {
    const configuration = configurations[place];
    const encoded = configuration && road.sensor.reencode(configuration, 'instrument');
    // It is awaited when it is its turn, unless the server has failed before.
    encoded?.catch(() => undefined);
    return encoded;
  };
  const profiled: Profiled[] = [];
  let coming = encode(0);
  for (const [place, configuration] of configurations.entries()) {
    const encoded = coming;
    coming = encode(place + 1);
    const { accuracy, bytes, inferences, elapsedMs } = await alternative(
      road,
      configuration,
      { account },
      null,
      encoded,
    );
    account.spent({
      bytes: 0,
      encodes: 0,
      inferences,
      gpuMs: elapsedMs,
      gpuAccountedMs: inferences * costOf(configuration),
    });
    profiled.push({
      configuration,
      accuracy,
      bandwidthKbps: (bytes * 8) / 1000 / INTERVAL_SECONDS,
      frames: inferences,
    });
    road.listener.onWork();
  }
  return profiled;
}
