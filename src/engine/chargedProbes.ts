/**
 * What probes see of an interval and what they take. A neighbour's stream is encoded and sent as far as the last probed
 * frame, since no frame of it can be decoded without those before; the detector looks at the probed frames alone. The
 * profiled probe takes the same of the most expensive configuration. What the server has already is not paid for again:
 * frames that the interval itself sent look the same where a knob only chooses which frames there are, and the
 * server's knobs look at them in another way.
 *
 * The streams are those of the instrument, so that a probe sees a few of the very frames that the truth is the mean over.
 */
import { sameConfiguration, topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { Detection } from '../domain/detection.ts';
import type { ProbeCost } from '../domain/fidelity.ts';
import { isFrameKnob, type KnobName } from '../domain/knob.ts';
import { isServerKnob, settingOf } from '../domain/serverKnobs.ts';
import { probedFrames } from '../gradients/forwardProbe.ts';
import type { Account } from './account.ts';
import type { PlannedProbe } from './evidence.ts';
import type { IntervalPlan, Road } from './interval.ts';

/** One captured frame of a stream. */
export interface StreamedFrame {
  readonly frameIndex: number;
  /** null: not sent. */
  readonly bytes: number | null;
  /** That it took. */
  readonly encodes: number;
  /** Shown at its time. */
  readonly detections: readonly Detection[];
}

export interface Probed {
  /** Shown at each probed frame. */
  readonly detections: readonly (readonly Detection[])[];
  readonly cost: ProbeCost;
}

export interface ChargedProbes {
  /** The interval as it ran, which costs nothing more. */
  readonly present: Probed;
  /** The most expensive configuration. */
  readonly reference: Probed;
  /** @param stream every captured frame of the interval, in order, as the neighbour would have sent it */
  neighbour(probe: Pick<PlannedProbe, 'name' | 'configuration'>, stream: readonly StreamedFrame[]): Probed;
}

const NOTHING: ProbeCost = { encodes: 0, bytes: 0, inferences: 0 };

/** Knobs that change which frames there are and leave each as it is. */
const choosesFrames = (name: KnobName): boolean => name === 'keyFrameInterval' || isFrameKnob(name);

/** @param account of the interval, over */
export function createChargedProbes(
  knobs: Road['knobs'],
  { configuration: ran, tiles }: Pick<IntervalPlan, 'configuration' | 'tiles'>,
  account: Pick<Account, 'measuredFrames' | 'totals'>,
): ChargedProbes {
  const measured = account.measuredFrames();
  const probed = probedFrames(measured.length).flatMap((place) => measured[place] ?? []);
  const top = topConfiguration(knobs);
  const isTop = (configuration: Configuration): boolean =>
    sameConfiguration(configuration, top) && tiles.pins.low.length === 0;
  /** What the server has found on the frames that it was sent. */
  const known = new Map(
    measured.flatMap(({ frameIndex, shownIndex, detections }) =>
      frameIndex === shownIndex ? [[frameIndex, detections] as const] : [],
    ),
  );
  const { referenceBytes, frames } = account.totals();
  /** Where the interval differs from the reference by the server's knobs alone, what was sent is the reference's stream. */
  const isSent = isTop({ ...ran, ...settingOf(top) });
  const golden = isSent ? { encodes: 0, bytes: 0 } : { encodes: frames, bytes: referenceBytes };
  const reference: Probed = {
    detections: probed.map((frame) => frame.reference),
    // The last probed frame is the interval's last, so that its whole reference has to be sent.
    cost: isTop(ran) ? NOTHING : { ...golden, inferences: probed.length },
  };

  return {
    present: { detections: probed.map(({ detections }) => detections), cost: NOTHING },
    reference,
    neighbour({ name, configuration }, stream) {
      if (isTop(configuration)) return { ...reference, cost: NOTHING };
      const sent = stream.filter(({ bytes }) => bytes !== null);
      const shown = probed.flatMap(
        ({ frameIndex }) => sent.findLast((frame) => frame.frameIndex <= frameIndex) ?? [],
      );
      const isKnown = ({ frameIndex }: StreamedFrame): boolean =>
        choosesFrames(name) && known.has(frameIndex);
      const looks = new Set(shown.filter((frame) => !isKnown(frame))).size;
      const last = shown.at(-1)?.frameIndex ?? 0;
      const needed =
        looks === 0 || isServerKnob(name) ? [] : sent.filter(({ frameIndex }) => frameIndex <= last);
      return {
        detections: shown.map((frame) =>
          isKnown(frame) ? (known.get(frame.frameIndex) ?? []) : frame.detections,
        ),
        cost: {
          encodes: needed.reduce((sum, { encodes }) => sum + encodes, 0),
          bytes: needed.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
          inferences: looks,
        },
      };
    },
  };
}
