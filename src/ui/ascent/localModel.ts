/**
 * What the plane of two knobs is drawn from: the last interval's gradients, and the local model of a resource
 * that follows from them,
 *
 *   log r(x) = log r(x₀) + Σᵢ sᵢ (xᵢ − x₀ᵢ),   sᵢ = resourceGradᵢ · bound / r(x₀),
 *
 * whose level line r(x) = bound is the budget's edge. The record's gradients are per full ladder and in fractions
 * of the budget in force, so the factor bound / r turns them into logarithmic slopes.
 */
import type { Resource } from '../../domain/budget.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { KNOB_NAMES, type KnobName } from '../../domain/knob.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The forces on one knob, in utility per candidate detection, per full ladder. */
export interface Forces {
  /** AccGrad: up the utility, which stands for accuracy. */
  readonly accuracy: number;
  /** −Σ price · resource gradient: what the budgets take away. */
  readonly price: number;
  /** Their sum: where the knob is pushed. */
  readonly net: number;
}

/** undefined where the interval learnt nothing about the knob. */
export function forcesOn(record: IntervalRecord, knob: KnobName): Forces | undefined {
  const gradient = record.gradients[knob];
  if (!gradient) return undefined;
  const price = 0 - record.prices.bandwidth * gradient.bandwidthGrad - record.prices.gpu * gradient.gpuGrad;
  return { accuracy: gradient.accGrad, price, net: gradient.accGrad + price };
}

/** Forces below this are noise and are drawn as such, not blown up to the full bar. */
const LEAST_FORCE = 0.01;

/** The largest force on any knob: bars and arrows of one interval share it, so that they compare. */
export function largestForce(record: IntervalRecord | undefined): number {
  const sizes = KNOB_NAMES.flatMap((name) => {
    const forces = record ? forcesOn(record, name) : undefined;
    return forces ? [forces.accuracy, forces.price, forces.net].map(Math.abs) : [];
  });
  return Math.max(LEAST_FORCE, ...sizes);
}

/** A resource as it was measured around the present point. */
export interface LocalResource {
  readonly now: number;
  readonly bound: number;
  /** ∂ log r / ∂x for the two knobs of the plane. */
  readonly slope: Point;
  readonly at: Point;
}

/** undefined where there is no budget, nothing was measured, or the knobs of the plane do not move it. */
export function localResource(
  record: IntervalRecord,
  resource: Resource,
  knobs: readonly [x: KnobName, y: KnobName],
  at: Point,
): LocalResource | undefined {
  const bound = resource === 'bandwidth' ? record.budget.bandwidthKbps : record.budget.gpuMsPerSecond;
  const now = resource === 'bandwidth' ? record.plannedKbps : record.gpuAccountedMs;
  if (bound === null || bound <= 0 || now <= 0) return undefined;
  const slopeOf = (name: KnobName): number => {
    const gradient = record.gradients[name];
    if (!gradient) return 0;
    return ((resource === 'bandwidth' ? gradient.bandwidthGrad : gradient.gpuGrad) * bound) / now;
  };
  const slope = { x: slopeOf(knobs[0]), y: slopeOf(knobs[1]) };
  if (Math.hypot(slope.x, slope.y) < 1e-6) return undefined;
  return { now, bound, slope, at };
}

/** log(r(x) / bound): positive beyond the budget. */
export function logExcess(model: LocalResource, point: Point): number {
  return (
    Math.log(model.now / model.bound) +
    model.slope.x * (point.x - model.at.x) +
    model.slope.y * (point.y - model.at.y)
  );
}

export interface BudgetEdge {
  /** The part of the unit square beyond the budget, a convex polygon; empty when all of it is affordable. */
  readonly infeasible: readonly Point[];
  /** The edge within the square; null when it does not cross it. */
  readonly line: readonly [Point, Point] | null;
}

const SQUARE: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];

/** Cuts the unit square of positions at r(x) = bound. */
export function budgetEdge(model: LocalResource): BudgetEdge {
  const infeasible: Point[] = [];
  const crossings: Point[] = [];
  SQUARE.forEach((corner, i) => {
    const next = SQUARE[(i + 1) % SQUARE.length] ?? corner;
    const here = logExcess(model, corner);
    const there = logExcess(model, next);
    if (here > 0) infeasible.push(corner);
    if (here > 0 !== there > 0) {
      const t = here / (here - there);
      const crossing = { x: corner.x + t * (next.x - corner.x), y: corner.y + t * (next.y - corner.y) };
      infeasible.push(crossing);
      crossings.push(crossing);
    }
  });
  const [from, to] = crossings;
  return { infeasible, line: from && to ? [from, to] : null };
}
