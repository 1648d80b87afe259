/** A narrow shopping street at night in the rain, seen along its length from above the pavement. */
import { hash, sequence } from '../rng.ts';
import type { Ground, Lane } from '../lane.ts';
import type { Street } from '../layout.ts';
import { PAINT, ShapeBuilder } from '../shape.ts';
import { clutter, ground, line, pavement, row, sign, streetLamp, tree, zebra } from '../street.ts';

/** Half width of the road with its parking lanes, metres. */
const ROAD = 6.2;
const PAVEMENT = 5;
const NEAR = 45;
const FAR = -150;

const north = (x: number): Ground[] => [
  [x, NEAR],
  [x, FAR],
];
const south = (x: number): Ground[] => [
  [x, FAR],
  [x, NEAR],
];

function drive(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'traffic',
    path,
    speed,
    spacing: 14.5,
    slots: 1,
    period: 14.5,
    stop: 0,
    fill: 0.85,
    trucks: 0.22,
    stray: 0.2,
  };
}
function park(path: readonly Ground[]): Lane {
  return {
    users: 'traffic',
    path,
    speed: 0,
    spacing: 6.9,
    slots: 1,
    period: 6.9,
    stop: 3,
    fill: 0.95,
    trucks: 0.1,
    stray: 0.1,
  };
}
function walk(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'people',
    path,
    speed,
    spacing: 3.2,
    slots: 1,
    period: 3.2,
    stop: 0,
    fill: 0.6,
    trucks: 0,
    stray: 0.5,
  };
}
function cycle(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'bicycles',
    path,
    speed,
    spacing: 12,
    slots: 1,
    period: 12,
    stop: 0,
    fill: 0.7,
    trucks: 0,
    stray: 0.2,
  };
}

const lanes: readonly Lane[] = [
  drive(north(1.7), 8.5),
  drive(south(-1.7), 7.5),
  park(north(5.1)),
  park(south(-5.1)),
  walk(north(ROAD + 1.6), 1.3),
  walk(south(ROAD + 3.2), 1.45),
  walk(north(-ROAD - 3), 1.2),
  walk(south(-ROAD - 1.5), 1.4),
  cycle(north(3.45), 4.6),
  cycle(south(-3.5), 5),
];

export function buildNightRain(seed: number): Street {
  const builder = new ShapeBuilder();
  const draw = sequence(seed, 24);
  ground(builder, [-120, -220, 120, 80], 0, [0.1, 0.1, 0.104], PAINT.asphalt);
  for (const side of [-1, 1]) {
    const xs = [side * ROAD, side * (ROAD + 60)].sort((a, b) => a - b);
    pavement(builder, [xs[0] ?? 0, -220, xs[1] ?? 0, 80], 0.014, [0.25, 0.24, 0.23], PAINT.slabs);
    const house = [side * (ROAD + PAVEMENT), side * (ROAD + PAVEMENT + 13)].sort((a, b) => a - b);
    row(builder, [house[0] ?? 0, -170, house[1] ?? 0, 10], [9, 19], hash(seed, 8 + side));
    line(builder, side > 0 ? [4.05, -150, 4.17, 60] : [-4.17, -150, -4.05, 60], 2);
  }
  line(builder, [-0.06, -150, 0.06, -14], 3);
  line(builder, [-0.06, -9, 0.06, 60], 3);
  zebra(builder, [-4, -13, 4, -10], 'x');
  row(builder, [-40, -190, 40, -165], [12, 22], hash(seed, 12));
  for (let i = 0; i < 7; i++) {
    const side = i % 2 === 0 ? -1 : 1;
    tree(builder, side * (ROAD + 0.9), -16 - i * 14 + draw(-3, 3), draw(4.5, 6), hash(seed, 300 + i));
  }
  for (let i = 0; i < 12; i++) {
    const side = draw(0, 1) < 0.5 ? -1 : 1;
    clutter(builder, side * (ROAD + PAVEMENT - 0.6), draw(-60, 8), hash(seed, 320 + i));
  }
  sign(builder, ROAD + 0.6, -14, [0.05, 0.12, 0.4]);
  sign(builder, -ROAD - 0.6, -9, [0.05, 0.12, 0.4]);
  const lamps = [2, -16, -34, -54].map((z, i) => {
    const side = i % 2 === 0 ? 1 : -1;
    return streetLamp(builder, [side * (ROAD + 0.5), z], [-side * 2, 0], 7);
  });
  lamps.push(
    streetLamp(builder, [-ROAD - 0.5, -2], [2, 0], 7),
    streetLamp(builder, [ROAD + 0.5, -78], [-2, 0], 7),
  );
  return {
    camera: { position: [-4.2, 6, 17], target: [0.6, 0.4, -9], fieldOfView: 44 },
    lanes,
    fixed: builder.build(),
    lamps,
  };
}
