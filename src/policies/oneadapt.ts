/**
 * OneAdapt (Du et al., SoCC 2023): every interval, one step of gradient ascent on accuracy minus priced resources.
 *
 * The published rule is `rule: "adam"` with `estimator: "distortion"`, `utilitySlope` 20, `learningRate` 0.5, `beta` 0.5
 * and `rounding: "expensive"`. Departures of the default:
 * - AccGrad is weighed in F1, with the level of loss (gradients/calibrated.ts);
 * - prices come from a dual ascent on hard budgets, where the authors descend a weighted sum (their w_bw is our price);
 * - the ascent goes to where gains and charges meet on the surface that all AccGrads so far have told (lossSurface.ts,
 *   ascent.ts), because Adam's first step jumps half a ladder and then oscillates;
 * - a backward pass serves several intervals while the content holds (backwardSchedule.ts);
 * - with `lag: "zero"` the present interval is encoded before it is sent (zeroLag.ts);
 * - what runs is a rung that is predicted to fit the budgets, by slopes that are learnt on line;
 * - knobs whose change costs a key frame or is seen (codec, colour, key frames, and with rare key frames the resolution) stay
 *   on their rung until their position is clearly nearer another (rounding.ts). This holds for the published rule too.
 *
 * The frame filter's thresholds climb no gradient: at the same prices and within the same budgets, the choice that is worth
 * most is taken of all that were tried (framePlan.ts). The other knobs step first, as if the best choice were made after
 * them; then they are rounded, and the filter is chosen for what runs.
 */
import type { Budget, Prices } from '../domain/budget.ts';
import { ZERO_PRICES } from '../domain/budget.ts';
import { configurationAt, indicesOf, positionsOf, topConfiguration } from '../domain/configuration.ts';
import type { OneAdaptOptions } from '../domain/experiment.ts';
import { passCost } from '../domain/gpuCost.ts';
import { keyFramesOf } from '../gradients/bandwidthGrad.ts';
import {
  everyKnob,
  FILTER_KNOBS,
  isFilterKnob,
  restIndex,
  stepOf,
  type FilterKnob,
  type KnobName,
  type PerKnob,
} from '../domain/knob.ts';
import { isServerKnob } from '../domain/serverKnobs.ts';
import { createAdam } from './adam.ts';
import { along } from './along.ts';
import { ascend, type Charges, type Reach } from './ascent.ts';
import { inF1 } from './calibration.ts';
import { clamp } from './clamp.ts';
import { createBackwardSchedule } from './backwardSchedule.ts';
import { createFramePlan, type FilterChoice } from './framePlan.ts';
import { createGpuModel } from './gpuModel.ts';
import type { Choice, Observation, Policy, PolicyContext, Steering, Trial } from './policy.ts';
import { createLossSurface } from './lossSurface.ts';
import { clearingPrices, stepPrice, type PricedResource } from './prices.ts';
import { createRateModel } from './rateModel.ts';
import { cheaperCorner } from './cheaperCorner.ts';
import { cornersAround, pickCorner, type Corner } from './rounding.ts';
import { createZeroLagChooser } from './zeroLagChooser.ts';

/** A budget that cannot be met must not wind its price up without end; in units of the largest AccGrad. */
const LARGEST_PRICE = 20;
/**
 * Where the default starts; the published form starts at the top, and a knob that rests elsewhere at its rest. Skipped frames cost more
 * accuracy than they save on nearly every content, so that the frame rate starts at its top.
 */
const MIDDLE = 0.5;
/** Furthest that a knob may fall in one interval, in ladders: a budget that is broken cannot wait. */
const LARGEST_FALL = 0.6;
/** Of a knob whose change costs a key frame or is seen: what asks for it has to last. */
const SLOW: Reach = { rise: 0.1, fall: 0.1 };

export function createOneAdapt(options: OneAdaptOptions, context: PolicyContext): Policy {
  const { knobs } = context;
  const zeroLag = options.lag === 'zero';
  // With zero lag every interval is a stream of its own, since the one that is not sent must leave no trace.
  const active = context.active.filter(
    (name) => knobs[name].values.length > 1 && !(zeroLag && name === 'keyFrameInterval'),
  );
  const climbing = active.filter((name) => !isFilterKnob(name));
  const filters = FILTER_KNOBS.filter((name) => active.includes(name));
  const published = options.rule === 'adam';
  const steps = everyKnob((name) => stepOf(knobs[name]));
  const only = (values: Record<KnobName, number>): Partial<Record<KnobName, number>> =>
    Object.fromEntries(active.map((name) => [name, values[name]]));

  const startIndices = Object.fromEntries(
    climbing.map((name) => {
      const knob = knobs[name];
      const top = knob.values.length - 1;
      return [
        name,
        knob.rest === undefined
          ? Math.round(top * (published || name === 'frameRate' ? 1 : MIDDLE))
          : restIndex(knob),
      ];
    }),
  );
  const asked = context.start?.configuration ?? configurationAt(knobs, startIndices);
  const start = zeroLag ? { ...asked, keyFrameInterval: topConfiguration(knobs).keyFrameInterval } : asked;
  /** Knobs that may not move stay where they are. */
  const fixed = indicesOf(knobs, start);

  let positions = only({ ...positionsOf(knobs, start), ...context.start?.positions });
  let prices: Prices = context.start?.prices ?? ZERO_PRICES;
  let carried: Partial<Record<KnobName, number>> = {};
  const adam = createAdam(options.learningRate, options.beta);
  const surface = createLossSurface(options.beta);
  // The signed forms multiply a gradient with the very pixels that it was taken on: an older one says nothing to them.
  const backward = createBackwardSchedule(options.estimator === 'distortion' ? options.backwardShare : null);
  /** AccGrads that the published form's last decision was made by, and of the filters any form's; accuracy. */
  let worths: PerKnob = {};
  let hasSeen = false;
  /** Unit of the published rule: the first interval's largest AccGrad. */
  let firstScale: number | undefined;

  const keysAt = (position: number): number =>
    along(
      knobs.keyFrameInterval.values.map((value) => keyFramesOf(Number(value))),
      position,
    );
  const frames = createFramePlan(knobs, fixed, published ? 0 : options.beta);
  const rate = createRateModel(
    {
      frames: (at) => frames.frames(at),
      keys: (at) => keysAt(at.keyFrameInterval ?? fixed.keyFrameInterval * steps.keyFrameInterval),
    },
    steps,
  );
  const chooser = createZeroLagChooser({ knobs, active, rate });

  /** Of a place, for zero lag. */
  const worthOf = (at: PerKnob): number =>
    active.reduce((sum, name) => sum + (worths[name] ?? 0) * (at[name] ?? 0), 0) -
    (published ? 0 : surface.loss(at));

  const choicesAt = (at: PerKnob): readonly FilterChoice[] =>
    filters.length === 0
      ? []
      : frames.choices(Math.round((at.frameRate ?? fixed.frameRate * steps.frameRate) / steps.frameRate));
  /** The unit where only the filter moves: what it can lose. Where no knob has shown an effect, any unit will do. */
  const filterScale = (): number => {
    const choices = choicesAt(positions);
    return (choices[0]?.loss ?? 0) - (choices.at(-1)?.loss ?? 0) || 1;
  };

  /** An interval's AccGrads; flat knobs are skipped. */
  const toldBy = (evidence: Observation['evidence']): (readonly [KnobName, number])[] =>
    climbing.flatMap((name) => {
      const knob = evidence[name];
      return knob && !knob.flat ? [[name, knob.estimates[options.estimator]] as const] : [];
    });

  /** The published rule's: this interval's AccGrads as they are. */
  const publishedDirection = ({ evidence }: Observation): { unit: PerKnob; scale: number } => {
    const seen = toldBy(evidence);
    firstScale ??=
      seen.length === 0 ? filterScale() : Math.max(...seen.map(([, value]) => Math.abs(value)), 1e-12);
    const scale = firstScale;
    return { unit: Object.fromEntries(seen.map(([name, value]) => [name, value / scale])), scale };
  };

  /** On the surface, in units of the largest component. */
  const surfaceDirection = ({
    evidence,
    configuration,
    seen: shown,
  }: Observation): { unit: PerKnob; scale: number } => {
    const seen = toldBy(evidence);
    // An interval in which nothing was found does not tell whether anything was missed: what was known before stands.
    const isEmpty = shown.length > 0 && shown.every(({ detections }) => detections.length === 0);
    if (!isEmpty || !hasSeen) surface.observe(Object.fromEntries(seen), positionsOf(knobs, configuration));
    const slopes = climbing.map((name) => [name, surface.slope(name, positions[name] ?? 0)] as const);
    const largest = Math.max(0, ...slopes.map(([, slope]) => Math.abs(slope)));
    const scale = largest === 0 ? filterScale() : Math.max(largest, 1e-12);
    return { unit: Object.fromEntries(slopes.map(([name, slope]) => [name, slope / scale])), scale };
  };

  return {
    estimator: options.estimator,
    utilitySlope: options.utilitySlope,
    usesGradients: true,
    ...(zeroLag
      ? {
          choose: (trials: readonly Trial[], budget: Budget): Choice => {
            const price = (options.bandwidthPrice ?? 0) / 1000;
            const { choice, moved } = chooser.choose(trials, budget, hasSeen ? worthOf : null, price);
            // The position goes along with what was sent.
            for (const [name, shift] of Object.entries(moved) as [KnobName, number][])
              positions = { ...positions, [name]: clamp((positions[name] ?? 0) + shift, 0, 1) };
            return choice;
          },
        }
      : {}),
    first: () => ({ configuration: start, positions, prices, steering: {}, backward: backward.next() }),
    next(seen) {
      const observation = options.calibrated && options.estimator === 'distortion' ? inF1(seen, knobs) : seen;
      const { budget, gpuCost, evidence, bandwidthKbps } = observation;
      rate.observe(
        observation.frameBytes,
        observation.frames,
        only(positionsOf(knobs, observation.configuration)),
        Object.fromEntries(active.map((name) => [name, evidence[name]?.logBandwidthSlope ?? 0])),
      );
      frames.observe(observation.forecast);
      const ranAt = indicesOf(knobs, observation.configuration);
      backward.ran(
        observation.inferences,
        observation.backwardPasses,
        passCost(knobs, observation.configuration, gpuCost),
      );
      const backwardNext = backward.next();
      const { unit, scale } = published ? publishedDirection(observation) : surfaceDirection(observation);
      const gpu = createGpuModel(
        { knobs, active, rest: positionsOf(knobs, start), frames: (at) => frames.frames(at) },
        gpuCost,
        backwardNext === 'always',
      );
      const gpuAt = gpu.use;

      /** ∂(use as a fraction of the budget, or without one of the present use)/∂x at the present point. */
      const perKnob = (of: (name: KnobName) => number): Record<KnobName, number> =>
        everyKnob((name) => (climbing.some((one) => one === name) ? of(name) : 0));
      const kbpsNow = published ? bandwidthKbps : rate.predict(positions);
      const bandwidthGrads = perKnob((name) =>
        isServerKnob(name) ? 0 : (rate.slope(name) * kbpsNow) / (budget.bandwidthKbps ?? bandwidthKbps),
      );
      const gpuNow = budget.gpuMsPerSecond ?? gpuAt(positions);
      const gpuGrads = perKnob((name) => gpu.slope(name, positions) / gpuNow);
      /** Of a threshold: from where it ran to its neighbour, as both are expected to do. */
      const filterSteering = (name: FilterKnob): Steering | undefined => {
        const step = (ranAt[name] + 1 < knobs[name].values.length ? 1 : -1) * steps[name];
        const ran = positionsOf(knobs, observation.configuration);
        const there = { ...ran, [name]: ran[name] + step };
        const lossAt = (at: Record<KnobName, number>): number | undefined =>
          frames.choice(
            ranAt.frameRate,
            everyKnob((k) => Math.round(at[k] / steps[k])),
          )?.loss;
        const [here, moved] = [lossAt(ran), lossAt(there)];
        if (here === undefined || moved === undefined) return undefined;
        const change = (use: (at: PerKnob) => number): number => (use(there) - use(ran)) / step;
        return {
          accGrad: (here - moved) / step,
          bandwidthGrad: change((at) => rate.predict(at)) / (budget.bandwidthKbps ?? bandwidthKbps),
          gpuGrad: change(gpuAt) / (budget.gpuMsPerSecond ?? gpuAt(ran)),
        };
      };
      // With zero lag what does not fit is not sent, so that no margin has to be kept.
      const margin = zeroLag ? 1 : rate.margin();
      const bandwidthTarget = budget.bandwidthKbps === null ? Infinity : budget.bandwidthKbps * margin;
      const gpuTarget = budget.gpuMsPerSecond ?? Infinity;
      const isWithin = (at: PerKnob): boolean =>
        published || (rate.predict(at) <= bandwidthTarget && gpuAt(at) <= gpuTarget);

      /** What the resources cost at a place. */
      const costOf = (at: PerKnob, price: Prices): number =>
        (price.bandwidth === 0
          ? 0
          : (price.bandwidth * rate.predict(at)) / (budget.bandwidthKbps ?? bandwidthKbps)) +
        (price.gpu * gpuAt(at)) / (budget.gpuMsPerSecond ?? gpuAt(positions));
      const withFilter = (at: PerKnob, { rungs }: FilterChoice): PerKnob => ({
        ...at,
        ...Object.fromEntries(filters.map((name) => [name, rungs[name] * steps[name]])),
      });
      /** The place with those thresholds that are worth most there; undefined where none fits. */
      const bestFilter = (
        at: PerKnob,
        price: Prices,
        fits: (place: PerKnob) => boolean,
      ): PerKnob | undefined => {
        let best: { readonly place: PerKnob; readonly worth: number } | undefined;
        for (const choice of choicesAt(at)) {
          const place = withFilter(at, choice);
          const worth = -choice.loss / scale - costOf(place, price);
          // Of equals the one that sends more, which comes later.
          if ((!best || worth >= best.worth) && fits(place)) best = { place, worth };
        }
        return best?.place;
      };
      const anyFits = (): boolean => true;

      /** In F1, as the surface is; of the bytes growth is what the rate model has, of detector time it is taken for none. */
      const chargesAt = (price: Prices): Charges => ({
        slope: (name, at) => {
          const kbps = price.bandwidth === 0 || isServerKnob(name) ? 0 : rate.slope(name) * rate.predict(at);
          const ms = price.gpu === 0 ? 0 : gpu.slope(name, at);
          return (
            scale *
            ((price.bandwidth * kbps) / (budget.bandwidthKbps ?? bandwidthKbps) + (price.gpu * ms) / gpuNow)
          );
        },
        growth: (name) => (price.bandwidth === 0 || isServerKnob(name) ? 0 : rate.slope(name)),
      });
      const everyHasKey = keyFramesOf(observation.configuration.keyFrameInterval) >= 1;
      const isKept = (name: KnobName): boolean =>
        knobs[name].inTurn === 'never' || (knobs[name].inTurn === 'withKeyFrames' && !everyHasKey);
      const reach = (name: KnobName): Reach =>
        isKept(name) ? SLOW : { rise: options.learningRate, fall: LARGEST_FALL };
      const climbed = (at: Prices): PerKnob => {
        const from = Object.fromEntries(climbing.map((name) => [name, positions[name] ?? 0]));
        return ascend(from, surface, chargesAt(at), reach);
      };
      const moved = (at: Prices): PerKnob => {
        const place = climbed(at);
        return bestFilter(place, at, anyFits) ?? place;
      };
      /** Does any knob that may move spend it? */
      const isSpent = (gradients: Record<KnobName, number>, load: (at: PerKnob) => number): boolean => {
        const choices = choicesAt(positions);
        const [cheap, dear] = [choices[0], choices.at(-1)];
        return (
          climbing.some((name) => gradients[name] !== 0) ||
          (cheap !== undefined &&
            dear !== undefined &&
            load(withFilter(positions, dear)) > load(withFilter(positions, cheap)))
        );
      };
      /** Without a budget: what the bandwidth in use is worth at the fixed price. */
      const fixedPrice =
        budget.bandwidthKbps === null ? ((options.bandwidthPrice ?? 0) * bandwidthKbps) / 1000 / scale : 0;

      let next: Prices;
      if (published) {
        // One step an interval on what was measured, as the authors' loop would.
        const unitPrices = { bandwidth: prices.bandwidth / scale, gpu: prices.gpu / scale };
        const net = (name: KnobName, at: Prices): number =>
          (unit[name] ?? 0) - at.bandwidth * bandwidthGrads[name] - at.gpu * gpuGrads[name];
        const measured = (use: number, target: number, price: number): number =>
          target === Infinity ? 0 : stepPrice(price, use / target, options.priceRate);
        next = {
          bandwidth:
            fixedPrice + measured(bandwidthKbps, budget.bandwidthKbps ?? Infinity, unitPrices.bandwidth),
          gpu: measured(
            gpuAt(only(positionsOf(knobs, observation.configuration))),
            gpuTarget,
            unitPrices.gpu,
          ),
        };
        const seen = climbing.filter((name) => unit[name] !== undefined);
        const change = adam.step(Object.fromEntries(seen.map((name) => [name, net(name, next)])));
        positions = Object.fromEntries(
          climbing.map((name) => [name, clamp((positions[name] ?? 0) + (change[name] ?? 0), 0, 1)]),
        );
      } else {
        const bandwidthLoad = (at: PerKnob): number => rate.predict(at) / bandwidthTarget;
        const gpuLoad = (at: PerKnob): number => gpuAt(at) / gpuTarget;
        // What has no bound or no knob that moves it has no price.
        const resources: PricedResource[] = [
          ...(bandwidthTarget < Infinity && isSpent(bandwidthGrads, bandwidthLoad)
            ? [{ resource: 'bandwidth' as const, load: (at: Prices) => bandwidthLoad(moved(at)) }]
            : []),
          ...(gpuTarget < Infinity && isSpent(gpuGrads, gpuLoad)
            ? [{ resource: 'gpu' as const, load: (at: Prices) => gpuLoad(moved(at)) }]
            : []),
        ];
        const cleared = clearingPrices(resources, LARGEST_PRICE);
        next = { ...cleared, bandwidth: fixedPrice + cleared.bandwidth };
        positions = climbed(next);
      }
      prices = { bandwidth: next.bandwidth * scale, gpu: next.gpu * scale };
      const steeringOf = (name: KnobName): Steering | undefined =>
        isFilterKnob(name)
          ? filterSteering(name)
          : {
              accGrad: (unit[name] ?? 0) * scale,
              bandwidthGrad: bandwidthGrads[name],
              gpuGrad: gpuGrads[name],
            };
      const steering: PerKnob<Steering> = Object.fromEntries(
        active.flatMap((name) => {
          const found = steeringOf(name);
          return found ? [[name, found] as const] : [];
        }),
      );

      hasSeen = true;
      const held = published ? active : filters;
      worths = Object.fromEntries(held.map((name) => [name, steering[name]?.accGrad ?? 0]));

      /** Where a corner's filter drops as much as it can. */
      const at = (corner: Corner): PerKnob => {
        const place = Object.fromEntries(
          climbing.map((name) => [name, (corner.indices[name] ?? 0) * steps[name]]),
        );
        const [cheapest] = choicesAt(place);
        return cheapest ? withFilter(place, cheapest) : place;
      };
      const fits = (corner: Corner): boolean => isWithin(at(corner));
      const missBy = (corner: Corner, name: KnobName): number =>
        (corner.indices[name] ?? 0) - (positions[name] ?? 0) / steps[name];
      const kept = Object.fromEntries(climbing.filter(isKept).map((name) => [name, ranAt[name]]));
      const inTurn = climbing.filter((name) => !isKept(name));
      const distance = (corner: Corner): number =>
        inTurn.reduce(
          (sum, name) =>
            options.rounding === 'expensive'
              ? sum - (corner.indices[name] ?? 0)
              : sum + ((carried[name] ?? 0) + missBy(corner, name)) ** 2,
          0,
        );
      const corners = cornersAround(positions, steps, kept);
      // Where no corner keeps a budget, the least of that resource is asked for: knobs that do not spend it stay out of it.
      const within = (use: (at: PerKnob) => number, target: number): readonly Corner[] => {
        const uses = corners.map((corner) => use(at(corner)));
        const bound = Math.max(target, Math.min(...uses) * (1 + 1e-9));
        return corners.filter((_, i) => (uses[i] ?? 0) <= bound);
      };
      const [thrifty, quick] = [
        within((place) => rate.predict(place), bandwidthTarget),
        within(gpuAt, gpuTarget),
      ];
      const isReachable = (of: Corner): boolean => published || (thrifty.includes(of) && quick.includes(of));
      const picked = pickCorner(corners, isReachable, distance);
      let corner = picked;
      const lowerOf = (from: Corner, movable: readonly KnobName[]): Corner | undefined =>
        cheaperCorner(from, {
          movable,
          worth: (name) => unit[name] ?? 0,
          steps,
          rate,
          gpuAt: gpuAt(at(from)) > gpuTarget ? gpuAt : null,
          at,
        });
      while (!fits(corner)) {
        // A knob whose change costs a key frame is the last to be asked.
        const lower = lowerOf(corner, inTurn) ?? lowerOf(corner, climbing);
        if (!lower) break;
        corner = lower;
      }
      // Within a hard budget what is left over is worth nothing, so there the least loss is taken.
      const place =
        (published ? bestFilter(at(corner), next, anyFits) : bestFilter(at(corner), ZERO_PRICES, isWithin)) ??
        at(corner);
      const [kbpsOver, gpuOver] = [rate.predict(at(picked)) > bandwidthTarget, gpuAt(at(picked)) > gpuTarget];
      const isPutThere = (name: KnobName): boolean =>
        (kbpsOver && !isServerKnob(name)) || (gpuOver && (isServerKnob(name) || name === 'frameRate'));
      const climbingOn = Object.entries(positions).filter(
        ([name]) => published || !isPutThere(name as KnobName),
      );
      positions = { ...place, ...Object.fromEntries(climbingOn) };
      carried = Object.fromEntries(
        inTurn.map((name) => [name, clamp((carried[name] ?? 0) + missBy(corner, name), -1, 1)]),
      );
      const rungs = filters.map((name) => [name, Math.round((place[name] ?? 1) / steps[name])] as const);
      const configuration = configurationAt(knobs, {
        ...fixed,
        ...corner.indices,
        ...Object.fromEntries(rungs),
      });
      return { configuration, positions, prices, steering, backward: backwardNext };
    },
  };
}
