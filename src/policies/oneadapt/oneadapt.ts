/**
 * OneAdapt (Du et al., SoCC 2023): every interval, one step of gradient ascent on accuracy minus priced resources.
 *
 * The published rule is `rule: "adam"` with the options of `PUBLISHED_ONEADAPT`. Departures of the default:
 * - AccGrad is weighed in F1, with the level of loss (gradients/calibrated.ts);
 * - prices come from a dual ascent on hard budgets, where the authors descend a weighted sum (their w_bw is our price);
 * - the ascent goes to where gains and charges meet on the surface that all AccGrads so far have told (surfaceClimber.ts,
 *   lossSurface.ts, ascent.ts; the published one is publishedClimber.ts), because Adam's first step jumps half a ladder and then oscillates; to the most expensive configuration, whose F1 is 1 by
 *   definition, it jumps where that is worth its charge;
 * - a backward pass serves several intervals while the content holds (backwardSchedule.ts);
 * - with `lag: "zero"` the present interval is encoded before it is sent (zeroLag.ts);
 * - it starts where a typical content would stand at the price or within the budget (startPlace.ts, startFrameRate.ts), and not at the top; a knob that rests elsewhere at its rest;
 *   with a price or a budget of bandwidth the sensor goes back there by itself when it sees a cut (sensor/cut.ts), which the server sees a second later;
 * - what runs is a rung that is predicted to fit the budgets, by slopes that are learnt on line; where a budget binds, the one that loses
 *   least (settle.ts);
 * - the frame rate falls slowly, and not at all while nothing is found, where its budgets are kept;
 * - knobs whose change costs a key frame or is seen (codec, colour, key frames, and with rare key frames the resolution) stay
 *   on their rung until their position is clearly nearer another (rounding.ts). This holds for the published rule too.
 *
 * Tiles climb only where no other knob says how fine the frame is (domain/heldTiles.ts).
 * The frame filter's thresholds climb no gradient, nor does the frame rate beside them: at the same prices and within the same budgets, the
 * choice that is worth most is taken of all that were tried (framePlan.ts), as the authors do. The other knobs step first, as if the best choice were made after
 * them; then they are rounded, and the filter is chosen for what runs.
 */
import type { Budget, Prices } from '../../domain/budget.ts';
import { isBounded, ZERO_PRICES } from '../../domain/budget.ts';
import {
  configurationAt,
  indicesOf,
  positionsOf,
  sameConfiguration,
  topConfiguration,
  type Configuration,
} from '../../domain/configuration.ts';
import { isInF1, type OneAdaptOptions } from '../../domain/experiment.ts';
import { passCost } from '../../domain/gpuCost.ts';
import { heldTiles, holdsTiles } from '../../domain/heldTiles.ts';
import { keyFramesOf } from '../../gradients/bandwidthGrad.ts';
import {
  everyKnob,
  FRAME_KNOBS,
  isFilterKnob,
  KNOB_NAMES,
  restIndex,
  stepOf,
  type FrameKnob,
  type KnobName,
  type PerKnob,
} from '../../domain/knob.ts';
import { isServerKnob } from '../../domain/serverKnobs.ts';
import { along } from './along.ts';
import type { Reach } from './ascent.ts';
import { inF1 } from './calibration.ts';
import { clamp } from './clamp.ts';
import type { Climber } from './climber.ts';
import { createBackwardSchedule } from './backwardSchedule.ts';
import { createFilterChooser, filterSteering } from './filterChoice.ts';
import { foundNothing } from './foundNothing.ts';
import { createFramePlan } from './framePlan.ts';
import { createGpuModel } from './gpuModel.ts';
import type { Choice, Decision, Observation, Policy, PolicyContext, Steering, Trial } from '../policy.ts';
import { createLateness } from './lateness.ts';
import { createPublishedClimber } from './publishedClimber.ts';
import { createRateModel } from './rateModel.ts';
import { costOf, isWithin, type Resources } from './resources.ts';
import type { Corner } from './rounding.ts';
import { settle } from './settle.ts';
import { startFrameRate } from './startFrameRate.ts';
import { MIDDLE, startPlace, typicalPrice } from './startPlace.ts';
import { createSurfaceClimber } from './surfaceClimber.ts';
import { createZeroLagChooser } from './zeroLagChooser.ts';

/** Furthest that a knob may fall in one interval, in ladders: a budget that is broken cannot wait. */
const LARGEST_FALL = 0.6;
/** Of a knob whose change costs a key frame or is seen: what asks for it has to last. */
const SLOW: Reach = { rise: 0.1, fall: 0.1 };
/**
 * Of the frame rate: what a skipped frame costs is known of what was there, and not of the one who comes. A second in which nothing was found tells
 * nothing of it. What a budget of detector time asks for beyond that is asked rung by rung (settle.ts).
 */
const SKIPPED_FALL = { found: 0.1, empty: 0 };

export function createOneAdapt(options: OneAdaptOptions, context: PolicyContext): Policy {
  const { knobs } = context;
  const zeroLag = options.lag === 'zero';
  // With zero lag every interval is a stream of its own, since the one that is not sent must leave no trace.
  const tuned = context.active.filter(
    (name) => knobs[name].values.length > 1 && !(zeroLag && name === 'keyFrameInterval'),
  );
  const published = options.rule === 'adam';
  const areTilesHeld = holdsTiles(options, tuned);
  const active = tuned.filter((name) => name !== 'tiles' || !areTilesHeld);
  const hasFilter = active.some(isFilterKnob);
  /** Chosen by enumeration and not climbed: the filter's thresholds, and the frame rate beside them. */
  const frameKnobs = hasFilter ? FRAME_KNOBS.filter((name) => active.includes(name)) : [];
  const isEnumerated = (name: KnobName): name is FrameKnob => frameKnobs.some((knob) => knob === name);
  const climbing = active.filter((name) => !isEnumerated(name));
  const steps = everyKnob((name) => stepOf(knobs[name]));
  const tilesUnder = (budget: Budget): PerKnob =>
    areTilesHeld ? { tiles: heldTiles(knobs, budget, options.bandwidthPrice) } : {};
  /** With the tiles' place, which nothing within here reckons with. */
  const told = (at: PerKnob, indices: PerKnob): PerKnob =>
    indices.tiles === undefined || !areTilesHeld ? at : { ...at, tiles: indices.tiles * steps.tiles };
  const only = (values: Record<KnobName, number>): Partial<Record<KnobName, number>> =>
    Object.fromEntries(active.map((name) => [name, values[name]]));

  const withRungs = (configuration: Configuration, rungs: PerKnob): Configuration =>
    configurationAt(knobs, { ...indicesOf(knobs, configuration), ...rungs });

  const price = isInF1(options) && !published ? options.bandwidthPrice : null;
  const rungAt = (name: KnobName, position: number): number =>
    Math.round(position * (knobs[name].values.length - 1));
  let placed: { readonly kbps: number | null; readonly place: PerKnob } | undefined;
  /** Where bandwidth lets knobs start; asked every second, and hardly ever of another budget. */
  const placeUnder = ({ bandwidthKbps: kbps }: Budget): PerKnob => {
    if (placed?.kbps !== kbps)
      placed = { kbps, place: startPlace(kbps === null ? price : typicalPrice(kbps)) };
    return placed.place;
  };
  /** Rung of the frame rate where detector time lets it start beside the others as they stand. */
  const frameRateUnder = ({ gpuMsPerSecond }: Budget, beside: Configuration): number =>
    startFrameRate(knobs.frameRate.values.map(Number), {
      inferenceMs: passCost(knobs, beside, context.gpuCost).inferenceMs,
      price: isInF1(options) ? options.gpuPrice : null,
      budgetMsPerSecond: gpuMsPerSecond,
    });
  const startIndices = Object.fromEntries(
    active
      .filter((name) => name !== 'frameRate' && !isFilterKnob(name))
      .map((name) => {
        const knob = knobs[name];
        const position = published ? 1 : (placeUnder(context.budget)[name] ?? MIDDLE);
        return [name, knob.rest === undefined ? rungAt(name, position) : restIndex(knob)];
      }),
  );
  const beside = configurationAt(knobs, { ...startIndices, ...tilesUnder(context.budget) });
  const movesFrameRate = active.includes('frameRate') && !published;
  const asked =
    context.start?.configuration ??
    (movesFrameRate ? withRungs(beside, { frameRate: frameRateUnder(context.budget, beside) }) : beside);
  const start = zeroLag ? { ...asked, keyFrameInterval: topConfiguration(knobs).keyFrameInterval } : asked;
  /** Knobs that may not move stay where they are. */
  const fixed = indicesOf(knobs, start);

  let positions = only({ ...positionsOf(knobs, start), ...context.start?.positions });
  let prices: Prices = context.start?.prices ?? ZERO_PRICES;
  let carried: Partial<Record<KnobName, number>> = {};
  // The signed forms multiply a gradient with the very pixels that it was taken on: an older one says nothing to them.
  const backward = createBackwardSchedule(options.estimator === 'distortion' ? options.backwardShare : null);
  /** AccGrads by which the last decision was made, accuracy: of all knobs in the published form, else of those that were chosen by enumeration. */
  let worths: PerKnob = {};
  let hasSeen = false;

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

  const top = indicesOf(knobs, topConfiguration(knobs));
  /** Is the most expensive configuration among the places that can be climbed to? */
  const canBeReference =
    !hasFilter &&
    KNOB_NAMES.every(
      (name) => active.includes(name) || (name === 'tiles' && areTilesHeld) || fixed[name] === top[name],
    );
  const referencePlace = Object.fromEntries(climbing.map((name) => [name, top[name] * steps[name]]));
  let inForce = context.budget;
  const givesTilesUp = (): boolean => areTilesHeld && tilesUnder(inForce).tiles !== top.tiles;
  const climber: Climber = published
    ? createPublishedClimber(options, climbing)
    : createSurfaceClimber({
        memory: options.beta,
        climbing,
        referenceNow: () => (canBeReference && !givesTilesUp() ? referencePlace : null),
        steps,
        ranAt: (configuration) => positionsOf(knobs, configuration),
      });

  let afterCut: Decision['afterCut'];
  /** After a cut no more is known than at the start. The frame filter, and the frame rate beside it, stay: they are chosen anew a second later. */
  const standAnew = (configuration: Configuration, budget: Budget): Decision['afterCut'] => {
    const isFree = budget.bandwidthKbps === null && price === null;
    // With zero lag an interval is tried before it is sent, and what does not fit a budget is not sent.
    if (published || isFree || (zeroLag && isBounded(budget))) return undefined;
    const frameRate = frameRateUnder(budget, configuration) * steps.frameRate;
    const place = { ...placeUnder(budget), frameRate };
    const anew = climbing.flatMap((name) => {
      const position = place[name];
      return position === undefined ? [] : [[name, position] as const];
    });
    if (anew.length === 0) return undefined;
    const rungs = anew.map(([name, position]) => [name, rungAt(name, position)] as const);
    return {
      configuration: withRungs(configuration, Object.fromEntries(rungs)),
      positions: { ...positions, ...Object.fromEntries(anew) },
      budget,
    };
  };

  /** Of a place, for zero lag. */
  const worthOf = (at: PerKnob): number =>
    active.reduce((sum, name) => sum + (worths[name] ?? 0) * (at[name] ?? 0), 0) - climber.loss(at);

  const lateness = createLateness(options.beta);
  const filter = createFilterChooser(frames, frameKnobs, fixed.frameRate, steps);
  /** The unit where only the filter moves: what it can lose. Where no knob has shown an effect, any unit will do. */
  const filterScale = (): number => filter.span(positions) || 1;

  /** An interval's AccGrads; flat knobs are skipped. */
  const toldBy = (evidence: Observation['evidence']): (readonly [KnobName, number])[] =>
    climbing.flatMap((name) => {
      const knob = evidence[name];
      return knob && !knob.flat ? [[name, knob.estimates[options.estimator]] as const] : [];
    });

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
    first() {
      // Where a run begins there is nothing to be cut from.
      afterCut = context.start ? standAnew(start, context.budget) : undefined;
      return {
        ...{ configuration: start, prices, steering: {}, backward: backward.next() },
        positions: told(positions, fixed),
        ...(afterCut ? { afterCut: { ...afterCut, positions: told(afterCut.positions, fixed) } } : {}),
      };
    },
    next(seen) {
      lateness.observe(seen);
      const observation = isInF1(options) ? inF1(seen, knobs, lateness.f1PerUnit()) : seen;
      const { budget, gpuCost, evidence, bandwidthKbps } = observation;
      if (
        observation.cut &&
        afterCut &&
        sameConfiguration(observation.configuration, afterCut.configuration)
      ) {
        positions = afterCut.positions;
        carried = {};
      }
      inForce = budget;
      rate.observe(
        observation.frameBytes,
        observation.frames,
        only(positionsOf(knobs, observation.configuration)),
        Object.fromEntries(active.map((name) => [name, evidence[name]?.logBandwidthSlope ?? 0])),
      );
      frames.observe(observation.forecast, observation.cut);
      backward.ran(
        observation.inferences,
        observation.backwardPasses,
        passCost(knobs, observation.configuration, gpuCost),
      );
      const backwardNext = backward.next();
      const direction = climber.observe(toldBy(evidence), observation, positions, filterScale);
      const { unit, scale } = direction;
      const gpu = createGpuModel(
        { knobs, active, rest: positionsOf(knobs, start), frames: (at) => frames.frames(at) },
        gpuCost,
        backwardNext === 'always',
      );
      const perKnob = (of: (name: KnobName) => number): PerKnob =>
        Object.fromEntries(climbing.map((name) => [name, of(name)]));
      const kbpsNow = published ? bandwidthKbps : rate.predict(positions);
      // Asked at every price that is tried, and the same at all of them.
      const growths = perKnob((name) => (isServerKnob(name) ? 0 : rate.slope(name)));
      // With zero lag what does not fit is not sent, so that no margin has to be kept.
      const margin = zeroLag ? 1 : rate.margin();
      const resources: Resources = {
        bandwidth: {
          // A budget must hold if the rise is dearer than it looks; a price alone takes what is most likely.
          use: (at) => (budget.bandwidthKbps === null || zeroLag ? rate.predict(at) : rate.predictAtMost(at)),
          growth: (name) => growths[name] ?? 0,
          unit: budget.bandwidthKbps ?? bandwidthKbps,
          target: budget.bandwidthKbps === null ? Infinity : budget.bandwidthKbps * margin,
        },
        gpu: {
          ...gpu,
          // Detector time may cost nothing at all: then there is nothing to divide by it.
          unit: budget.gpuMsPerSecond ?? (gpu.use(positions) || 1),
          target: budget.gpuMsPerSecond ?? Infinity,
        },
      };

      /** ∂(use as a fraction of the budget, or without one of the present use)/∂x at the present point. */
      const bandwidthGrads = perKnob(
        (name) => (resources.bandwidth.growth(name) * kbpsNow) / resources.bandwidth.unit,
      );
      const gpuGrads = perKnob((name) => gpu.slope(name, positions) / resources.gpu.unit);
      const bestFilter = (
        at: PerKnob,
        price: Prices,
        fits: (place: PerKnob) => boolean = () => true,
      ): PerKnob =>
        filter.best(at, (choice, place) => -choice.loss / scale - costOf(resources, place, price), fits) ??
        at;

      const everyHasKey = keyFramesOf(observation.configuration.keyFrameInterval) >= 1;
      const isKept = (name: KnobName): boolean =>
        knobs[name].inTurn === 'never' || (knobs[name].inTurn === 'withKeyFrames' && !everyHasKey);
      const skippedFall = foundNothing(observation) ? SKIPPED_FALL.empty : SKIPPED_FALL.found;
      const reach = (name: KnobName): Reach => {
        if (isKept(name)) return SLOW;
        const fall = name === 'frameRate' ? skippedFall : LARGEST_FALL;
        return { rise: options.learningRate, fall };
      };
      /** Without a budget: what is in use at its fixed price. */
      const asPrice = (price: number | null, budgeted: number | null, unit: number): number =>
        budgeted === null ? ((price ?? 0) * unit) / 1000 / scale : 0;
      const fixedPrices: Prices = {
        bandwidth: asPrice(options.bandwidthPrice, budget.bandwidthKbps, resources.bandwidth.unit),
        gpu: asPrice(options.gpuPrice, budget.gpuMsPerSecond, resources.gpu.unit),
      };

      const climbed = climber.climb({
        ...{ positions, prices, direction, budget, resources, bandwidthGrads, gpuGrads },
        ...{ filter, fixedPrices, reach },
        withFilter: bestFilter,
        used: { bandwidthKbps, gpuMsPerSecond: gpu.use(only(positionsOf(knobs, observation.configuration))) },
      });
      positions = climbed.positions;
      const next = climbed.unitPrices;
      prices = { bandwidth: next.bandwidth * scale, gpu: next.gpu * scale };
      const steeringOf = (name: KnobName): Steering | undefined =>
        isEnumerated(name)
          ? filterSteering(frames, knobs, observation.configuration, name, resources)
          : {
              accGrad: (unit[name] ?? 0) * scale,
              bandwidthGrad: bandwidthGrads[name] ?? 0,
              gpuGrad: gpuGrads[name] ?? 0,
            };
      /** Nothing is steered by it: it is shown in the same units as what is. */
      const ofTiles = areTilesHeld ? evidence.tiles : undefined;
      const steering: PerKnob<Steering> = {
        ...Object.fromEntries(
          active.flatMap((name) => {
            const found = steeringOf(name);
            return found ? [[name, found] as const] : [];
          }),
        ),
        ...(ofTiles && {
          tiles: {
            accGrad: ofTiles.estimates[options.estimator],
            bandwidthGrad: (ofTiles.logBandwidthSlope * kbpsNow) / resources.bandwidth.unit,
            gpuGrad: 0,
          },
        }),
      };

      hasSeen = true;
      const held = published ? active : frameKnobs;
      worths = Object.fromEntries(held.map((name) => [name, steering[name]?.accGrad ?? 0]));

      /** Where a corner's filter drops as much as it can. */
      const placeOf = ({ indices }: Corner): PerKnob =>
        filter.cheapest(perKnob((name) => (indices[name] ?? 0) * steps[name]));
      const lossAndCost = (at: PerKnob): number =>
        climber.loss(at) / scale + costOf(resources, at, fixedPrices);
      const settled = settle({
        ...{ positions, steps, ran: indicesOf(knobs, observation.configuration), isKept },
        ...{ rounding: options.rounding, carried, bounds: published ? null : resources },
        ...{ placeOf, worth: (name) => unit[name] ?? 0, rate },
        // The surface knows nothing of what a filter loses.
        loss: climbed.isBound && !hasFilter ? lossAndCost : null,
      });
      carried = settled.carried;
      const cheapest = placeOf(settled.corner);
      // Within a hard budget what is left over is worth nothing, so there the least loss is taken.
      const place = published
        ? bestFilter(cheapest, next)
        : bestFilter(cheapest, fixedPrices, (at) => isWithin(resources, at));
      /** Knobs that had to leave the nearest corner start anew from where they were put; the others climb on. */
      const isPutThere = (name: string): boolean => {
        const isServer = isServerKnob(name as KnobName);
        return (
          (settled.isOver.bandwidth && !isServer) ||
          (settled.isOver.gpu && (isServer || name === 'frameRate'))
        );
      };
      positions = {
        ...place,
        ...Object.fromEntries(Object.entries(positions).filter(([name]) => !isPutThere(name))),
      };
      const rungs = frameKnobs.map((name) => [name, Math.round((place[name] ?? 1) / steps[name])] as const);
      const configuration = configurationAt(knobs, {
        ...fixed,
        ...settled.corner.indices,
        ...Object.fromEntries(rungs),
        ...tilesUnder(budget),
      });
      afterCut = standAnew(configuration, budget);
      return {
        ...{ configuration, prices, steering, backward: backwardNext },
        positions: told(positions, tilesUnder(budget)),
        ...(afterCut
          ? { afterCut: { ...afterCut, positions: told(afterCut.positions, tilesUnder(budget)) } }
          : {}),
      };
    },
  };
}
