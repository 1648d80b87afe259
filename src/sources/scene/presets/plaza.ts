/** A paved square full of people and bicycles, with a street along its far side. */
import { hash, sequence } from '../rng.ts';
import type { Ground, Lane } from '../lane.ts';
import type { Street } from '../layout.ts';
import { PAINT, ShapeBuilder } from '../shape.ts';
import { bench, clutter, ground, kiosk, line, pavement, row, streetLamp, tree } from '../street.ts';

const ROAD_NORTH = -30;
const ROAD_SOUTH = -22;

function crowd(path: readonly Ground[], speed: number, fill = 0.5): Lane {
  return {
    users: 'people',
    path,
    speed,
    spacing: 2.8,
    slots: 1,
    period: 2.8,
    stop: 0,
    fill,
    trucks: 0,
    stray: 1.3,
  };
}

function loiter(path: readonly Ground[]): Lane {
  return {
    users: 'people',
    path,
    speed: 0,
    spacing: 1.5,
    slots: 1,
    period: 1.5,
    stop: 0,
    fill: 0.5,
    trucks: 0,
    stray: 0.9,
  };
}

function cycle(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'bicycles',
    path,
    speed,
    spacing: 9,
    slots: 1,
    period: 9,
    stop: 0,
    fill: 0.75,
    trucks: 0,
    stray: 0.6,
  };
}

function drive(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'traffic',
    path,
    speed,
    spacing: 15,
    slots: 1,
    period: 15,
    stop: 0,
    fill: 0.8,
    trucks: 0.3,
    stray: 0.2,
  };
}

const lanes: readonly Lane[] = [
  crowd(
    [
      [-45, 4],
      [45, -8],
    ],
    1.35,
  ),
  crowd(
    [
      [45, -3],
      [-45, 7],
    ],
    1.2,
  ),
  crowd(
    [
      [-45, -12],
      [45, -15],
    ],
    1.4,
  ),
  crowd(
    [
      [45, -11],
      [-45, -18],
    ],
    1.25,
  ),
  crowd(
    [
      [-12, 40],
      [-4, -21],
    ],
    1.3,
    0.45,
  ),
  crowd(
    [
      [9, -21],
      [4, 40],
    ],
    1.15,
    0.45,
  ),
  crowd(
    [
      [-40, -19.6],
      [40, -19.6],
    ],
    1.45,
  ),
  crowd(
    [
      [40, 11],
      [-40, 12],
    ],
    1.3,
    0.35,
  ),
  loiter([
    [-9, -6],
    [-3, -9],
  ]),
  loiter([
    [7, -3],
    [11, -1],
  ]),
  loiter([
    [-14, 1],
    [-11, 5],
  ]),
  loiter([
    [12, -15],
    [18, -15.5],
  ]),
  cycle(
    [
      [-45, -1],
      [45, 2],
    ],
    4.2,
  ),
  cycle(
    [
      [45, -17],
      [-45, -14],
    ],
    4.6,
  ),
  cycle(
    [
      [20, 40],
      [-22, -21],
    ],
    3.8,
  ),
  cycle(
    [
      [-50, -21.2],
      [50, -21.2],
    ],
    5.2,
  ),
  drive(
    [
      [-70, -24.2],
      [70, -24.2],
    ],
    7,
  ),
  drive(
    [
      [70, -27.8],
      [-70, -27.8],
    ],
    8,
  ),
  {
    users: 'traffic',
    path: [
      [17, -10],
      [26, -6.5],
    ],
    speed: 0,
    spacing: 14.5,
    slots: 1,
    period: 14.5,
    stop: 0,
    fill: 0.9,
    trucks: 1,
    stray: 0.3,
  },
  {
    users: 'traffic',
    path: [
      [-26, -13],
      [-19, -14],
    ],
    speed: 0,
    spacing: 14.5,
    slots: 1,
    period: 14.5,
    stop: 0,
    fill: 0.8,
    trucks: 0.4,
    stray: 0.3,
  },
  {
    users: 'people',
    path: [
      [-60, -31.4],
      [60, -31.4],
    ],
    speed: 1.3,
    spacing: 4,
    slots: 1,
    period: 4,
    stop: 0,
    fill: 0.5,
    trucks: 0,
    stray: 0.6,
  },
];

export function buildPlaza(seed: number): Street {
  const builder = new ShapeBuilder();
  const draw = sequence(seed, 23);
  ground(builder, [-120, ROAD_SOUTH, 120, 80], 0, [0.27, 0.245, 0.21], PAINT.cobbles);
  ground(builder, [-120, ROAD_NORTH, 120, ROAD_SOUTH], -0.01, [0.12, 0.12, 0.122], PAINT.asphalt);
  pavement(builder, [-120, -60, 120, ROAD_NORTH], 0.014, [0.28, 0.27, 0.25], PAINT.slabs);
  line(builder, [-90, -26.07, 90, -25.93], 3);
  line(builder, [-90, ROAD_SOUTH - 0.35, 90, ROAD_SOUTH - 0.2]);
  ground(builder, [-4, -60, -1, ROAD_NORTH], 0.02, [0.25, 0.25, 0.25], PAINT.slabs);
  row(builder, [-90, -48, 90, -34], [9, 18], hash(seed, 5));
  row(builder, [-62, -20, -44, 60], [9, 15], hash(seed, 6));
  row(builder, [44, -20, 62, 60], [9, 15], hash(seed, 7));
  const trees: readonly Ground[] = [
    [-17, -8],
    [-16, 4],
    [13, -9],
    [20, 3],
    [1, -17.5],
    [-25, -18],
    [27, -16],
    [-31, -4],
    [31, -7],
  ];
  trees.forEach(([x, z], i) => {
    tree(builder, x + draw(-1, 1), z + draw(-1, 1), draw(4.5, 6.5), hash(seed, 200 + i));
    builder.box([x - 1.4, 0, z - 1.4], [x + 1.4, 0.12, z + 1.4], {
      color: [0.13, 0.1, 0.07],
      paint: PAINT.grass,
    });
  });
  for (let i = 0; i < 7; i++) bench(builder, draw(-22, 22), draw(-16, 6), draw(0, 1) < 0.5 ? 'x' : 'z');
  for (let i = 0; i < 16; i++) clutter(builder, draw(-28, 28), draw(-20, 6), hash(seed, 230 + i));
  for (let i = 0; i < 9; i++) clutter(builder, -20 + i * 5, ROAD_SOUTH + 0.9, hash(seed, 3));
  kiosk(builder, -8.5, -14.5, [0.45, 0.08, 0.06]);
  kiosk(builder, 22, -13.5, [0.08, 0.24, 0.2]);
  // A round fountain.
  builder.tube(
    [5, 0, -9],
    [5, 0.55, -9],
    2.3,
    2.3,
    18,
    { color: [0.34, 0.33, 0.31], paint: PAINT.slabs },
    true,
  );
  builder.tube(
    [5, 0.5, -9],
    [5, 0.58, -9],
    2.05,
    2.05,
    18,
    {
      color: [0.05, 0.08, 0.09],
      paint: PAINT.glass,
    },
    true,
  );
  builder.tube([5, 0.5, -9], [5, 1.9, -9], 0.3, 0.16, 8, { color: [0.34, 0.33, 0.31] });
  const lamps = [
    streetLamp(builder, [-11, -3], [0.7, 0], 5),
    streetLamp(builder, [10, -6], [-0.7, 0], 5),
    streetLamp(builder, [-1, -19], [0, 0.7], 5),
    streetLamp(builder, [-24, -10], [0.7, 0], 5),
    streetLamp(builder, [22, -17], [-0.7, 0], 5),
    streetLamp(builder, [14, 6], [-0.7, 0], 5),
  ];
  return {
    camera: { position: [1, 6.4, 15.5], target: [0, 0.4, -6], fieldOfView: 46 },
    lanes,
    fixed: builder.build(),
    lamps,
  };
}
