/**
 * The lab's instrument for what the estimators estimate: by how much accuracy and utility really change when one knob
 * moves one step. The interval's captured frames are encoded, decoded and detected once more at every neighbour. Nothing
 * of it is charged to anybody, and no policy sees it.
 */
import { f1 } from '../domain/accuracy.ts';
import { positionsOf, type Configuration } from '../domain/configuration.ts';
import type { Detection } from '../domain/detection.ts';
import { DEFAULT_ONEADAPT, PUBLISHED_ONEADAPT, type Estimator } from '../domain/experiment.ts';
import type { Estimates, IntervalFidelity, TrueStep } from '../domain/fidelity.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import { forwardProbe, PROBED_FRAMES } from '../gradients/forwardProbe.ts';
import { combinedProbe, profiledProbe } from '../gradients/profiledProbe.ts';
import type { FrameOption } from '../gradients/frameForecast.ts';
import { agedLoss, flicker, placedLoss } from '../gradients/lossLevel.ts';
import { calibratedGain } from '../gradients/calibrated.ts';
import { settingOf } from '../domain/serverKnobs.ts';
import type { Reencoded } from '../sensor/sensor.ts';
import { gatherEvidence, probeTowards, type PlannedProbe } from './evidence.ts';
import { forecastFrames } from './frameForecast.ts';
import type { IntervalOutcome, IntervalPlan, Road } from './interval.ts';
import { takePictures, type Pictures } from './pictures.ts';
import type { MeasuredFrame } from './account.ts';
import { createChargedProbes, type StreamedFrame } from './chargedProbes.ts';
import type { GradientUse } from './serverCalls.ts';

/** Slopes of the utility at which every estimator is computed, beside the policy's; the first is the lab's own. */
const SLOPES = [DEFAULT_ONEADAPT.utilitySlope, PUBLISHED_ONEADAPT.utilitySlope];

/** The distortion form with the DNNGrad that the run goes on with, which may be some intervals old. */
const REUSED = 'reused';
/** The same in F1, as the lab's own policy weighs it. */
const CALIBRATED = 'calibrated';

const DIRECTIONS = [1, -1] as const;

/** An interval as it would have been at another configuration. */
export interface Alternative {
  /** Mean F1 over the frames that were measured when it ran, against the interval's own reference. */
  readonly accuracy: number;
  /** Shown at each of those frames. */
  readonly detections: readonly (readonly Detection[])[];
  /** Every captured frame, in order. */
  readonly stream: readonly StreamedFrame[];
  /** Change of the utility per candidate against the interval as it ran. */
  readonly utilityChange: number;
  readonly bytes: number;
  /** Frames that were looked at, and the time of those, milliseconds. */
  readonly inferences: number;
  readonly elapsedMs: number;
}

/**
 * Runs the interval's captured frames through another configuration. A live run that cannot keep up has missed some of
 * them and measured fewer still: these are what is compared.
 * @param utilitySlope null: the change of the utility is not asked for, and 0
 * @param encoded the frames at that configuration, where they have been asked for already
 */
export async function alternative(
  { sensor, server }: Road,
  configuration: Configuration,
  { account }: Pick<IntervalOutcome, 'account'>,
  utilitySlope: number | null,
  encoded: Promise<readonly Reencoded[]> = sensor.reencode(configuration, 'instrument'),
): Promise<Alternative> {
  const measured = account.measuredFrames();
  const captures = await encoded;
  const { detections: replayed, ...replay } = await server.replay(
    captures.map(({ packet }) => packet),
    settingOf(configuration),
    utilitySlope,
  );
  const shown = new Map(captures.map(({ frameIndex }, i) => [frameIndex, replayed[i] ?? []]));
  const stream = captures.map(({ frameIndex, packet }, i) => ({
    frameIndex,
    bytes: packet ? packet.data.length : null,
    encodes: packet?.passes.length ?? 0,
    detections: replayed[i] ?? [],
  }));
  const detections = measured.map(({ frameIndex }) => shown.get(frameIndex) ?? []);
  const bytes = captures.reduce((total, { packet }) => total + (packet?.data.length ?? 0), 0);
  return { ...replay, accuracy: agreement(detections, measured), detections, stream, bytes };
}

/** Mean F1 of what was found on each measured frame. */
const agreement = (
  detections: readonly (readonly Detection[])[],
  measured: readonly Pick<MeasuredFrame, 'reference'>[],
): number =>
  measured.reduce((sum, { reference }, i) => sum + f1(detections[i] ?? [], reference), 0) /
  Math.max(1, measured.length);

export interface Watching {
  /** Told before the first step and after each. */
  readonly onStep?: (done: number, total: number) => void;
  /** Ends the work before the next step. */
  readonly signal?: AbortSignal;
}

/**
 * @param names knobs that are moved, each up and down where its ladder goes on
 * @returns the truth about every step, and what every estimator says of it; null where it was called off
 */
export async function measureFidelity(
  road: Road,
  plan: IntervalPlan,
  outcome: IntervalOutcome,
  names: readonly KnobName[],
  { onStep, signal }: Watching = {},
): Promise<IntervalFidelity | null> {
  const measured = outcome.account.measuredFrames();
  const shown = measured.map(({ detections }) => detections);
  // What was found on each frame, as for the neighbours: what stood at its time also knows of the link, which they do not pass.
  const accuracy = agreement(shown, measured);
  // An alternative begins with a key frame, and no region of it is given up. Where the interval itself went on from an earlier one, or a
  // policy decided about its regions, it is held against its own configuration begun anew.
  const present: Pick<Alternative, 'accuracy' | 'detections' | 'utilityChange'> =
    plan.configuration.keyFrameInterval > INTERVAL_SECONDS || plan.regions
      ? await alternative(road, plan.configuration, outcome, plan.utilitySlope)
      : {
          accuracy,
          detections: shown,
          utilityChange: 0,
        };
  const planned = DIRECTIONS.flatMap((offset) =>
    probesTowards(road, plan.configuration, names, offset).map((probe) => ({ ...probe, offset })),
  );
  onStep?.(0, planned.length);
  const estimates = await estimatesOfAll(road, plan, outcome, names);
  const probes = createChargedProbes(road.knobs, plan, outcome.account);
  const { reference } = probes;
  const steps: TrueStep[] = [];
  for (const { name, configuration, offset } of planned) {
    if (signal?.aborted === true) return null;
    const moved = await alternative(road, configuration, outcome, plan.utilitySlope);
    const probe = probes.neighbour({ name, configuration }, moved.stream);
    const inOrder = <T, U>(here: T, there: U): readonly [cheap: T | U, expensive: T | U] =>
      offset === 1 ? [here, there] : [there, here];
    const [cheap, expensive] = inOrder(present, moved);
    const [low, high] = inOrder(probes.present.detections, probe.detections);
    const profiled = profiledProbe(low, high, reference.detections);
    const forward = forwardProbe(low, high, road.threshold);
    steps.push({
      knob: name,
      offset,
      accuracy: moved.accuracy,
      accuracyGain: expensive.accuracy - cheap.accuracy,
      utilityGain: expensive.utilityChange - cheap.utilityChange,
      estimates: {
        ...estimates[offset][name],
        // Scores of two members do not compare; their estimate is the probe of one frame as it steers.
        ...(name === 'member'
          ? {}
          : { forwardProbe: forward, combinedProbe: combinedProbe(profiled, forward) }),
        profiledProbe: profiled,
      },
      probeCost: probe.cost,
    });
    onStep?.(steps.length, planned.length);
  }
  const { expectedLoss, scoreMargin, drift } = outcome.level;
  const fineness = positionsOf(road.knobs, plan.configuration).quantizer;
  const ages = measured.map(({ frameIndex, shownIndex }) => frameIndex - shownIndex);
  return {
    accuracy,
    steps,
    level: {
      placedLoss: agedLoss(placedLoss(expectedLoss, fineness), drift, ages),
      agedLoss: agedLoss(expectedLoss, drift, ages),
      expectedLoss,
      scoreMargin,
      flicker: flicker(shown),
    },
    probedFrames: PROBED_FRAMES,
    referenceCost: reference.cost,
  };
}

/** The neighbours of some knobs on one side. */
function probesTowards(
  { knobs }: Road,
  configuration: Configuration,
  names: readonly KnobName[],
  offset: 1 | -1,
): PlannedProbe[] {
  return names.flatMap((name) => probeTowards(knobs, configuration, name, offset) ?? []);
}

/** The neighbours on one side as the sensor encoded them. */
interface Side extends Pictures {
  readonly offset: 1 | -1;
  readonly planned: readonly PlannedProbe[];
}

type ByKnob = Partial<Record<KnobName, Estimates>>;

/** What the estimators say of each step as a gain of one step: with the run's gradient, and with a fresh one at every slope. */
async function estimatesOfAll(
  road: Road,
  { configuration, utilitySlope }: IntervalPlan,
  { frameBytes, level }: IntervalOutcome,
  names: readonly KnobName[],
): Promise<Record<1 | -1, ByKnob>> {
  const found: Record<1 | -1, ByKnob> = { 1: {}, [-1]: {} };
  const slopes = [...new Set([...SLOPES, utilitySlope])];
  const sides: Side[] = [];
  for (const offset of DIRECTIONS) {
    const planned = probesTowards(road, configuration, names, offset);
    sides.push({ offset, planned, ...(await takePictures(road.sensor, configuration, planned, null)) });
  }
  const note = (offset: 1 | -1, name: KnobName, estimates: Estimates): void => {
    found[offset][name] = { ...found[offset][name], ...estimates };
  };
  /** What a gradient says of every step: per step, not per ladder. */
  const estimate = async (
    { planned, pictures, bytes }: Side,
    use: GradientUse,
    forecast: readonly FrameOption[] | null,
    take: (name: KnobName, estimates: Readonly<Record<Estimator, number>>, step: number) => void,
  ): Promise<void> => {
    const { knobs: results } = await road.server.accGrads({ ...pictures, use, tiles: null });
    const evidence = gatherEvidence(configuration, planned, results, bytes, frameBytes, forecast, null);
    for (const { name, step } of planned) {
      const seen = evidence[name];
      if (!seen) continue;
      const { signed, distortion, towardSource } = seen.estimates;
      const width = Math.abs(step);
      const perStep = {
        signed: signed * width,
        distortion: distortion * width,
        towardSource: towardSource * width,
      };
      take(name, perStep, width);
    }
  };
  const held = await forecastFrames(road, configuration, names, 'run');
  for (const side of sides) {
    await estimate(side, 'run', held?.options ?? null, (name, { distortion }, step) => {
      const at = { knobs: road.knobs, ran: configuration, name, offset: side.offset };
      note(side.offset, name, {
        [`${CALIBRATED}@${utilitySlope}`]: calibratedGain(distortion / step, level.lossWhereFound, at) * step,
        [`${REUSED}@${utilitySlope}`]: distortion,
      });
    });
  }
  for (const slope of slopes) {
    await road.server.dnnGrad(slope, 'always', 'instrument');
    const forecast = await forecastFrames(road, configuration, names, 'instrument');
    for (const side of sides) {
      await estimate(side, 'instrument', forecast?.options ?? null, (name, estimates) => {
        const gains = Object.entries(estimates).map(([estimator, gain]) => [`${estimator}@${slope}`, gain]);
        note(side.offset, name, Object.fromEntries(gains) as Estimates);
      });
    }
  }
  return found;
}
