/**
 * From continuous knobs to the rungs that run: of the corners that are predicted to fit the budgets the nearest to what one would like, or where a
 * budget binds the one that loses least.
 */
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import { clamp } from './clamp.ts';
import { cheaperCorner } from './cheaperCorner.ts';
import type { RateModel } from './rateModel.ts';
import { isWithin, type Resources } from './resources.ts';
import { cornersAround, pickCorner, type Corner } from './rounding.ts';

/**
 * Where a budget binds, corners so many rungs beyond the nearest are weighed too: a rung of the quantizer at night is 1.6 times the bytes, and the nearest that fit
 * leave much of the budget unused. Not of the frame rate, of which no more is known than what skipped frames cost those who were there.
 */
const FILLING_RUNGS: PerKnob = { resolution: 1, quantizer: 1 };

export interface SettleView {
  /** Of the knobs that climb. */
  readonly positions: PerKnob;
  readonly steps: Readonly<Record<KnobName, number>>;
  /** Rungs on which the last interval ran. */
  readonly ran: Readonly<Record<KnobName, number>>;
  /** Knobs that stay on their rung until their position is clearly nearer another; the others run two rungs in turn. */
  readonly isKept: (name: KnobName) => boolean;
  /** `expensive`: the corner above; `dither`: the one that makes up for what rounding took before, in rungs. */
  readonly rounding: 'dither' | 'expensive';
  readonly carried: PerKnob;
  /** null: nothing is kept from running. */
  readonly bounds: Resources | null;
  /** Where a corner lies, its filter at its cheapest. */
  readonly placeOf: (corner: Corner) => PerKnob;
  /** What is lost at a place, and paid where there is a price, where a budget binds: what is left over of that is worth nothing. null: the nearest corner is taken. */
  readonly loss: ((at: PerKnob) => number) | null;
  /** AccGrad, in any unit. */
  readonly worth: (name: KnobName) => number;
  readonly rate: RateModel;
}

export interface Settled {
  readonly corner: Corner;
  /** Budgets that even the best corner would have broken, so that it had to be left. */
  readonly isOver: Readonly<Record<keyof Resources, boolean>>;
  readonly carried: PerKnob;
}

export function settle(view: SettleView): Settled {
  const { positions, steps, ran, isKept, rounding, carried, bounds, worth, rate } = view;
  const loss = rounding === 'dither' ? view.loss : null;
  const places = new Map<Corner, PerKnob>();
  const placeOf = (corner: Corner): PerKnob => {
    const place = places.get(corner) ?? view.placeOf(corner);
    places.set(corner, place);
    return place;
  };
  const climbing = Object.keys(positions) as KnobName[];
  const inTurn = climbing.filter((name) => !isKept(name));
  const kept = Object.fromEntries(climbing.filter(isKept).map((name) => [name, ran[name]]));
  const missBy = (corner: Corner, name: KnobName): number =>
    (corner.indices[name] ?? 0) - (positions[name] ?? 0) / steps[name];
  const distance = (corner: Corner): number => {
    if (loss) return loss(placeOf(corner));
    return inTurn.reduce(
      (sum, name) =>
        rounding === 'expensive'
          ? sum - (corner.indices[name] ?? 0)
          : sum + ((carried[name] ?? 0) + missBy(corner, name)) ** 2,
      0,
    );
  };
  const corners = cornersAround(positions, steps, kept, loss ? FILLING_RUNGS : {});
  const picked = pickCorner(corners, bounds ? reachable(corners, bounds, placeOf) : () => true, distance);
  let corner = picked;
  const isOver = (resource: keyof Resources, at: Corner): boolean =>
    bounds !== null && bounds[resource].use(placeOf(at)) > bounds[resource].target;
  while (bounds && !isWithin(bounds, placeOf(corner))) {
    const gpuAt = isOver('gpu', corner) ? bounds.gpu.use : null;
    const isBandwidthOver = isOver('bandwidth', corner);
    const lower = (movable: readonly KnobName[]): Corner | undefined =>
      cheaperCorner(corner, { movable, worth, steps, rate, gpuAt, isBandwidthOver, at: placeOf });
    // A knob whose change costs a key frame is the last to be asked.
    const next = lower(inTurn) ?? lower(climbing);
    if (!next) break;
    corner = next;
  }
  return {
    corner,
    isOver: { bandwidth: isOver('bandwidth', picked), gpu: isOver('gpu', picked) },
    carried: Object.fromEntries(
      inTurn.map((name) => [name, clamp((carried[name] ?? 0) + missBy(corner, name), -1, 1)]),
    ),
  };
}

/** Where no corner keeps a budget, the least of that resource is asked for: knobs that do not spend it stay out of it. */
function reachable(
  corners: readonly Corner[],
  { bandwidth, gpu }: Resources,
  placeOf: (corner: Corner) => PerKnob,
): (corner: Corner) => boolean {
  const within = ({ use, target }: Resources[keyof Resources]): ReadonlySet<Corner> => {
    const uses = corners.map((corner) => use(placeOf(corner)));
    const bound = Math.max(target, Math.min(...uses) * (1 + 1e-9));
    return new Set(corners.filter((_, i) => (uses[i] ?? 0) <= bound));
  };
  const [thrifty, quick] = [within(bandwidth), within(gpu)];
  return (corner) => thrifty.has(corner) && quick.has(corner);
}
