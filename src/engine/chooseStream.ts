/** Zero lag: the captured interval is encoded as the policy asks, until it says which encode is sent. */
import type { Configuration } from '../domain/configuration.ts';
import type { Choice, Trial } from '../policies/policy.ts';
import type { Packet } from '../sensor/packet.ts';
import type { SensorLine } from './lines.ts';

export interface ChosenStream {
  readonly configuration: Configuration;
  /** One a capture, in order; null where the frame is not sent. */
  readonly packets: readonly (Packet | null)[];
  /** Encodes that were made in vain. */
  readonly unsentEncodes: number;
}

interface Encoded extends Trial {
  readonly packets: readonly (Packet | null)[];
}

const encodesOf = ({ packets }: Encoded): number =>
  packets.reduce((sum, packet) => sum + (packet?.passes.length ?? 0), 0);

/** @param planned what is encoded first */
export async function chooseStream(
  { reencode }: Pick<SensorLine, 'reencode'>,
  planned: Configuration,
  choose: (trials: readonly Trial[]) => Choice,
): Promise<ChosenStream> {
  const trials: Encoded[] = [];
  for (let configuration = planned; ;) {
    const packets = (await reencode(configuration, 'trial')).map(({ packet }) => packet);
    const bytes = packets.reduce((sum, packet) => sum + (packet?.data.length ?? 0), 0);
    trials.push({ configuration, packets, bytes });
    const choice = choose(trials);
    if ('encode' in choice) {
      configuration = choice.encode;
      continue;
    }
    const sent = trials.find((trial) => trial === choice.send);
    if (!sent) throw new Error('The policy sends an encode that was never made.');
    const encodes = trials.reduce((sum, trial) => sum + encodesOf(trial), 0);
    return {
      configuration: sent.configuration,
      packets: sent.packets,
      unsentEncodes: encodes - encodesOf(sent),
    };
  }
}
