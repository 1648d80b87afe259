/** A signalled crossing of a main road (west–east) and a side road (north–south), seen from a corner mast. */
import { hash, sequence } from '../rng.ts';
import type { Ground, Lane, Signal } from '../lane.ts';
import type { Street } from '../layout.ts';
import { PAINT, ShapeBuilder } from '../shape.ts';
import {
  clutter,
  ground,
  line,
  pavement,
  row,
  sign,
  streetLamp,
  trafficLight,
  tree,
  zebra,
} from '../street.ts';

/** Half widths of the roads, metres. */
const MAIN = 7.4;
const SIDE = 5.4;
const FAR = 90;

const CYCLE_SECONDS = 28;
const MAIN_GO: Signal = { cycleSeconds: CYCLE_SECONDS, goFrom: 0.02, goUntil: 0.4 };
const SIDE_GO: Signal = { cycleSeconds: CYCLE_SECONDS, goFrom: 0.5, goUntil: 0.9 };

function traffic(path: readonly Ground[], stop: number, slots: number, gap: number, signal: Signal): Lane {
  const spacing = 7.6;
  const period = gap + slots * spacing;
  return {
    users: 'traffic',
    path,
    speed: 8,
    spacing,
    slots,
    period,
    stop,
    signal,
    fill: 1.15,
    trucks: 0.2,
    stray: 0.25,
  };
}

function walk(path: readonly Ground[], stop: number, period: number, signal: Signal): Lane {
  return {
    users: 'people',
    path,
    speed: 1.4,
    spacing: 1.1,
    slots: 3,
    period,
    stop,
    signal,
    fill: 0.75,
    trucks: 0,
    stray: 0.9,
  };
}

function stroll(path: readonly Ground[], speed: number): Lane {
  return {
    users: 'people',
    path,
    speed,
    spacing: 4,
    slots: 1,
    period: 4,
    stop: 0,
    fill: 0.34,
    trucks: 0,
    stray: 0.5,
  };
}

function cycle(path: readonly Ground[], stop: number, signal: Signal): Lane {
  return {
    users: 'bicycles',
    path,
    speed: 4,
    spacing: 3,
    slots: 3,
    period: 46,
    stop,
    signal,
    fill: 0.85,
    trucks: 0,
    stray: 0.2,
  };
}

function lanes(): Lane[] {
  const main = (z: number, east: boolean): Ground[] =>
    east
      ? [
          [-FAR, z],
          [FAR, z],
        ]
      : [
          [FAR, z],
          [-FAR, z],
        ];
  const side = (x: number, south: boolean): Ground[] =>
    south
      ? [
          [x, -FAR],
          [x, FAR],
        ]
      : [
          [x, FAR],
          [x, -FAR],
        ];
  const stopMain = FAR - SIDE - 7;
  const stopSide = FAR - MAIN - 7;
  const zebraX = SIDE + 2.5;
  const zebraZ = MAIN + 2.5;
  const corner = (x: number, z: number): Ground[] => [
    [x * FAR, z * (MAIN + 4.2)],
    [x * (SIDE + 5), z * (MAIN + 4.2)],
    [x * (SIDE + 5), z * FAR],
  ];
  return [
    ...[1.7, 4.7].map((z) => traffic(main(z, true), stopMain, 4, 26, MAIN_GO)),
    ...[-1.7, -4.7].map((z) => traffic(main(z, false), stopMain, 4, 26, MAIN_GO)),
    traffic(side(-1.7, true), stopSide, 3, 30, SIDE_GO),
    traffic(side(1.7, false), stopSide, 3, 30, SIDE_GO),
    cycle(main(6.7, true), stopMain + 1, MAIN_GO),
    cycle(main(-6.7, false), stopMain + 1, MAIN_GO),
    cycle(side(-4.4, true), stopSide + 1, SIDE_GO),
    cycle(side(4.4, false), stopSide + 1, SIDE_GO),
    ...[zebraX, -zebraX].flatMap((x) => [
      walk(side(x + 0.8, true), FAR - MAIN - 0.8, 20, SIDE_GO),
      walk(side(x - 0.8, false), FAR - MAIN - 0.8, 20, SIDE_GO),
    ]),
    ...[zebraZ, -zebraZ].flatMap((z) => [
      walk(main(z + 0.8, true), FAR - SIDE - 0.8, 16.5, MAIN_GO),
      walk(main(z - 0.8, false), FAR - SIDE - 0.8, 16.5, MAIN_GO),
    ]),
    ...[-1, 1].flatMap((x) =>
      [-1, 1].flatMap((z) => [stroll(corner(x, z), 1.3), stroll([...corner(x * 1.05, z)].reverse(), 1.1)]),
    ),
  ];
}

export function buildCrossing(seed: number): Street {
  const builder = new ShapeBuilder();
  const draw = sequence(seed, 21);
  ground(builder, [-120, -120, 120, 120], 0, [0.115, 0.115, 0.118], PAINT.asphalt);
  for (const x of [-1, 1]) {
    for (const z of [-1, 1]) {
      const xs = [x * SIDE, x * 120].sort((a, b) => a - b);
      const zs = [z * MAIN, z * 120].sort((a, b) => a - b);
      pavement(
        builder,
        [xs[0] ?? 0, zs[0] ?? 0, xs[1] ?? 0, zs[1] ?? 0],
        0.012,
        [0.3, 0.29, 0.27],
        PAINT.slabs,
      );
      trafficLight(builder, x * (SIDE + 0.6), z * (MAIN + 0.7), x * z > 0 ? [0, z] : [x, 0]);
    }
  }
  for (const side of [-1, 1]) {
    const from = side > 0 ? SIDE + 6 : -FAR;
    const to = side > 0 ? FAR : -SIDE - 6;
    line(builder, [from, -0.12, to, 0.02], 0, true);
    line(builder, [from, 3.15, to, 3.27], 3);
    line(builder, [from, -3.27, to, -3.15], 3);
    line(builder, [from, 6.05, to, 6.17]);
    line(builder, [from, -6.17, to, -6.05]);
    const north = side > 0 ? MAIN + 6 : -FAR;
    const south = side > 0 ? FAR : -MAIN - 6;
    line(builder, [-0.06, north, 0.06, south], 3);
    line(builder, [3.5, north, 3.62, south]);
    line(builder, [-3.62, north, -3.5, south]);
    const x0 = side > 0 ? SIDE + 1 : -SIDE - 4;
    zebra(builder, [x0, -MAIN + 0.2, x0 + 3, MAIN - 0.2], 'z');
    const z0 = side > 0 ? MAIN + 1 : -MAIN - 4;
    zebra(builder, [-SIDE + 0.2, z0, SIDE - 0.2, z0 + 3], 'x');
    line(builder, side > 0 ? [SIDE + 5.6, -6, SIDE + 6, 0] : [-SIDE - 6, 0, -SIDE - 5.6, 6]);
    line(builder, side > 0 ? [0, MAIN + 5.6, 3.5, MAIN + 6] : [-3.5, -MAIN - 6, 0, -MAIN - 5.6]);
  }
  row(builder, [-100, -34, -SIDE - 8, -MAIN - 8.5], [9, 20], hash(seed, 1));
  row(builder, [SIDE + 9, -36, 110, -MAIN - 8], [10, 22], hash(seed, 2));
  row(builder, [SIDE + 9, -100, SIDE + 26, -37], [9, 16], hash(seed, 3));
  row(builder, [-SIDE - 26, -100, -SIDE - 8, -36], [9, 16], hash(seed, 4));
  row(builder, [SIDE + 12, MAIN + 14, 110, MAIN + 30], [8, 15], hash(seed, 5));
  for (let i = 0; i < 6; i++)
    tree(builder, SIDE + 12 + i * 13 + draw(-2, 2), -MAIN - 5.6, draw(5, 7.5), hash(seed, 40 + i));
  for (let i = 0; i < 3; i++)
    tree(builder, -SIDE - 13 - i * 14 + draw(-2, 2), -MAIN - 5.8, draw(5, 7), hash(seed, 50 + i));
  for (let i = 0; i < 3; i++)
    tree(builder, SIDE + 22 + i * 15 + draw(-2, 2), MAIN + 7, draw(5, 6.5), hash(seed, 60 + i));
  for (let i = 0; i < 14; i++) {
    const x = draw(SIDE + 2, 40) * (draw(0, 1) < 0.6 ? 1 : -1);
    clutter(builder, x, draw(MAIN + 5.6, MAIN + 7) * (draw(0, 1) < 0.7 ? -1 : 1), hash(seed, 70 + i));
  }
  sign(builder, SIDE + 3, -MAIN - 5.4, [0.05, 0.12, 0.4]);
  sign(builder, -SIDE - 6, -MAIN - 5.4, [0.4, 0.04, 0.04]);
  const lamps = [
    streetLamp(builder, [SIDE + 5, -MAIN - 1], [0, 2.2], 7.5),
    streetLamp(builder, [-SIDE - 9, -MAIN - 1], [0, 2.2], 7.5),
    streetLamp(builder, [SIDE + 27, -MAIN - 1], [0, 2.2], 7.5),
    streetLamp(builder, [SIDE + 14, MAIN + 1], [0, -2.2], 7.5),
    streetLamp(builder, [-SIDE - 1, -MAIN - 22], [2.2, 0], 7.5),
    streetLamp(builder, [-SIDE - 4, MAIN + 1], [0, -2.2], 7.5),
  ];
  return {
    camera: { position: [-15.5, 9.5, 20], target: [4.5, 0, -5.5], fieldOfView: 46 },
    lanes: lanes(),
    fixed: builder.build(),
    lamps,
  };
}
