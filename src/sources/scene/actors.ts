/** Actors: who stands on each place of each lane at a moment, drawn from the seed. */
import type { SceneContent } from '../../domain/experiment.ts';
import { CAR_SHAPES } from './cars.ts';
import { advance, isResting, placesInView, pointOnPath, type Lane, type Place } from './lane.ts';
import { BICYCLE_SHAPES, PERSON_SHAPES, UMBRELLA_SHAPES } from './people.ts';
import { between, hash, pick, uniform } from './rng.ts';
import type { Shape, Vec3 } from './shape.ts';
import { SHORT_TRUCK_METRES, TRUCK_SHAPES } from './trucks.ts';

export const LABELS = ['car', 'truck', 'person', 'bicycle'] as const;
export type Label = (typeof LABELS)[number];

export interface Actor {
  readonly label: Label;
  readonly shape: Shape;
  /** Of its origin, metres. */
  readonly position: Vec3;
  /** Radians from east (x) towards north (−z). */
  readonly heading: number;
  /** Size against the shape's own, along its own axes. */
  readonly scale: Vec3;
  readonly tints: readonly [Vec3, Vec3, Vec3];
  /** Phase of its gait, radians. */
  readonly phase: number;
  /** Amplitude of its gait, 0 standing … 1 walking. */
  readonly gait: number;
  readonly braking: boolean;
  /** False for what is parked. */
  readonly lightsOn: boolean;
}

/** Every shape there is: the renderer keeps one instanced mesh for each. */
export const SHAPES: readonly Shape[] = [
  ...CAR_SHAPES,
  ...TRUCK_SHAPES.map((truck) => truck.shape),
  ...PERSON_SHAPES,
  ...UMBRELLA_SHAPES,
  ...BICYCLE_SHAPES,
];

const CAR_PAINTS: readonly Vec3[] = [
  [0.72, 0.73, 0.74],
  [0.62, 0.63, 0.65],
  [0.38, 0.39, 0.41],
  [0.14, 0.14, 0.15],
  [0.035, 0.035, 0.04],
  [0.05, 0.05, 0.055],
  [0.32, 0.03, 0.03],
  [0.05, 0.1, 0.26],
  [0.08, 0.16, 0.36],
  [0.4, 0.36, 0.28],
  [0.06, 0.14, 0.09],
  [0.62, 0.4, 0.04],
  [0.3, 0.42, 0.5],
];
const CLOTHES: readonly Vec3[] = [
  [0.03, 0.035, 0.05],
  [0.06, 0.06, 0.065],
  [0.55, 0.55, 0.53],
  [0.05, 0.08, 0.2],
  [0.12, 0.2, 0.4],
  [0.4, 0.06, 0.05],
  [0.3, 0.24, 0.15],
  [0.1, 0.2, 0.1],
  [0.6, 0.48, 0.1],
  [0.25, 0.1, 0.22],
  [0.2, 0.2, 0.21],
  [0.62, 0.3, 0.3],
];
const TROUSERS: readonly Vec3[] = [
  [0.04, 0.06, 0.13],
  [0.025, 0.025, 0.03],
  [0.08, 0.11, 0.2],
  [0.28, 0.23, 0.16],
  [0.15, 0.15, 0.15],
  [0.4, 0.38, 0.34],
];
const SKINS: readonly Vec3[] = [
  [0.52, 0.33, 0.24],
  [0.42, 0.25, 0.17],
  [0.27, 0.15, 0.09],
  [0.12, 0.065, 0.04],
];

/** Keys of the independent draws about one actor. */
const Draw = {
  presence: 0,
  kind: 1,
  shape: 2,
  size: 3,
  girth: 4,
  side: 5,
  along: 6,
  tintA: 7,
  tintB: 8,
  tintC: 9,
  turn: 10,
  phase: 11,
} as const;

/** All actors of the lanes at a moment, in a fixed order. */
export function actorsAt(
  lanes: readonly Lane[],
  seed: number,
  content: SceneContent,
  travelSeconds: number,
): Actor[] {
  return lanes.flatMap((lane, number) => {
    const advanced = advance(lane, travelSeconds);
    const braking = lane.signal !== undefined && isResting(lane, travelSeconds);
    return placesInView(lane, advanced).flatMap((place) => {
      const key = hash(seed, number, place.index);
      if (uniform(key, Draw.presence) >= lane.fill * content.density) return [];
      if (lane.users === 'traffic' && isTakenByLongTruck(lane, place, seed, number)) return [];
      return [actorOn(lane, place, key, content, travelSeconds, braking)];
    });
  });
}

/** A long truck needs two places: its own and the one behind. It only stands on places that have one behind. */
function truckOn(lane: Lane, slot: number, key: number): (typeof TRUCK_SHAPES)[number] | undefined {
  if (uniform(key, Draw.kind) >= lane.trucks) return undefined;
  const room = lane.spacing > 14 || (slot % 2 === 0 && slot + 1 < lane.slots);
  const fitting = TRUCK_SHAPES.filter((truck) => room || truck.length <= SHORT_TRUCK_METRES);
  return pick(fitting, key, Draw.shape);
}

function isTakenByLongTruck(lane: Lane, place: Place, seed: number, number: number): boolean {
  if (lane.spacing > 14 || place.slot % 2 === 0) return false;
  const ahead = truckOn(lane, place.slot - 1, hash(seed, number, place.index - 1));
  return ahead !== undefined && ahead.length > SHORT_TRUCK_METRES;
}

function actorOn(
  lane: Lane,
  place: Place,
  key: number,
  content: SceneContent,
  travelSeconds: number,
  braking: boolean,
): Actor {
  const truck = lane.users === 'traffic' ? truckOn(lane, place.slot, key) : undefined;
  const isLong = truck !== undefined && truck.length > SHORT_TRUCK_METRES;
  const free =
    lane.users === 'traffic'
      ? Math.max(0, lane.spacing - (lane.spacing > 14 ? 11.5 : 6.5)) / 2
      : lane.spacing * 0.35;
  const along =
    place.along +
    (isLong && lane.spacing <= 14 ? -lane.spacing * 0.35 : between(-free, free, key, Draw.along));
  const { position, heading } = pointOnPath(lane.path, along);
  const wander =
    lane.users === 'people' && lane.speed > 0 ? 0.25 * Math.sin(travelSeconds * 0.5 + (key % 628) / 100) : 0;
  const aside = between(-lane.stray, lane.stray, key, Draw.side) + wander;
  const placed: Vec3 = [position[0] + Math.sin(heading) * aside, 0, position[2] + Math.cos(heading) * aside];
  const standsAbout = lane.users === 'people' && lane.speed === 0 && lane.signal === undefined;
  const turn = standsAbout
    ? between(-Math.PI, Math.PI, key, Draw.turn)
    : between(-0.02, 0.02, key, Draw.turn);
  const common = {
    position: placed,
    heading: heading + turn,
    braking,
    lightsOn: lane.signal !== undefined || lane.speed > 0,
  };
  if (lane.users === 'traffic') {
    const size = between(0.96, 1.05, key, Draw.size);
    const paint = pick(CAR_PAINTS, key, Draw.tintA);
    const cargo =
      uniform(key, Draw.tintC) < 0.5 ? ([0.66, 0.66, 0.64] as const) : pick(CAR_PAINTS, key, Draw.tintB);
    return {
      ...common,
      label: truck ? 'truck' : 'car',
      shape: truck ? truck.shape : pick(CAR_SHAPES, key, Draw.shape),
      scale: [size, between(0.97, 1.05, key, Draw.girth), size],
      tints: [paint, cargo, pick(CAR_PAINTS, key, Draw.tintC)],
      phase: 0,
      gait: 0,
    };
  }
  const cycles = lane.users === 'bicycles';
  const wet = content.rain > 0.25 && uniform(key, Draw.kind) < content.rain;
  const shapes = cycles ? BICYCLE_SHAPES : wet ? UMBRELLA_SHAPES : PERSON_SHAPES;
  const tall = cycles ? between(0.95, 1.06, key, Draw.size) : between(0.88, 1.08, key, Draw.size);
  const girth = tall * between(0.92, 1.15, key, Draw.girth);
  const stride = cycles ? 2.2 : 4.2;
  return {
    ...common,
    label: cycles ? 'bicycle' : 'person',
    shape: pick(shapes, key, Draw.shape),
    scale: [girth, tall, girth],
    tints: [pick(CLOTHES, key, Draw.tintA), pick(TROUSERS, key, Draw.tintB), pick(SKINS, key, Draw.tintC)],
    phase: (along * stride) / tall + between(0, 2 * Math.PI, key, Draw.phase),
    gait: standsAbout || braking ? 0.12 : 1,
  };
}
