/** A dual carriageway with three lanes each way, seen from a gantry; a cycle path runs beside it. */
import { hash, sequence } from '../rng.ts';
import type { Ground, Lane } from '../lane.ts';
import type { Street } from '../layout.ts';
import { PAINT, ShapeBuilder } from '../shape.ts';
import { barrier, building, ground, hedge, line, sign, streetLamp, tree } from '../street.ts';

const LANE_WIDTH = 3.7;
/** From the middle of the central reserve to the first lane's inner edge. */
const INNER = 2.2;
const NEAR = 60;
const FAR = -260;

function carriageway(): Lane[] {
  return [0, 1, 2].flatMap((index) => {
    const x = INNER + LANE_WIDTH * (index + 0.5);
    const away: Ground[] = [
      [x, NEAR],
      [x, FAR],
    ];
    const towards: Ground[] = [
      [-x, FAR],
      [-x, NEAR],
    ];
    const spacing = 17;
    const common = { users: 'traffic', spacing, slots: 1, period: spacing, stop: 0, stray: 0.35 } as const;
    const trucks = [0.06, 0.25, 0.6][index] ?? 0;
    const speed = [31, 27, 23][index] ?? 25;
    return [
      { ...common, path: away, speed, fill: 0.8, trucks },
      { ...common, path: towards, speed: speed - 1.5, fill: 0.8, trucks },
    ];
  });
}

const paths = (x: number, south: boolean): Ground[] =>
  south
    ? [
        [x, FAR / 2],
        [x, NEAR],
      ]
    : [
        [x, NEAR],
        [x, FAR / 2],
      ];

export function buildHighway(seed: number): Street {
  const builder = new ShapeBuilder();
  const draw = sequence(seed, 22);
  const edge = INNER + 3 * LANE_WIDTH;
  ground(builder, [-260, -420, 260, 80], -0.05, [0.11, 0.14, 0.05], PAINT.grass);
  ground(builder, [-edge - 3, -420, edge + 3, 80], 0, [0.13, 0.13, 0.132], PAINT.asphalt);
  ground(builder, [-INNER + 0.6, -420, INNER - 0.6, 80], 0.02, [0.12, 0.14, 0.06], PAINT.grass);
  ground(builder, [edge + 8, -420, edge + 11.4, 80], 0.01, [0.2, 0.17, 0.15], PAINT.asphalt);
  for (const side of [-1, 1]) {
    const at = (x: number): [number, number] => [
      Math.min(side * x, side * (x + 0.18)),
      Math.max(side * x, side * (x + 0.18)),
    ];
    for (const [x, dash] of [
      [INNER - 0.1, 0],
      [INNER + LANE_WIDTH, 5],
      [INNER + 2 * LANE_WIDTH, 5],
      [edge, 0],
    ] as const) {
      const [x0, x1] = at(x);
      line(builder, [x0, -300, x1, 80], dash);
    }
    barrier(builder, side * 0.9, -300, 80);
    barrier(builder, side * (edge + 3.2), -300, 80);
  }
  hedge(builder, [edge + 5, -300, edge + 6.2, 60], 1.1);
  for (let i = 0; i < 26; i++) {
    const side = draw(0, 1) < 0.5 ? -1 : 1;
    const z = 8 - i * 9 + draw(-3, 3);
    const x = side < 0 ? -edge - draw(7, 26) : edge + draw(14, 34);
    tree(builder, x, z, draw(5, 10), hash(seed, 100 + i));
  }
  for (let i = 0; i < 7; i++) {
    const side = i % 2 === 0 ? -1 : 1;
    const x = side * (edge + draw(38, 60));
    const z = -30 - i * 32;
    building(builder, [x - 9, z - 12, x + 9, z + 12], draw(7, 16), hash(seed, 140 + i));
  }
  // A gantry with signs far down the road.
  const steel = { color: [0.3, 0.31, 0.32] } as const;
  const gantry = -78;
  builder.box([-edge - 3.6, 0, gantry], [-edge - 3.2, 7.5, gantry + 0.4], steel);
  builder.box([edge + 3.4, 0, gantry], [edge + 3.8, 7.5, gantry + 0.4], steel);
  builder.box([-edge - 3.6, 7, gantry], [edge + 3.8, 7.6, gantry + 0.4], steel);
  for (const x of [-9, -3.5, 5, 11]) {
    builder.box([x - 2.3, 5.6, gantry + 0.4], [x + 2.3, 8.2, gantry + 0.55], { color: [0.02, 0.1, 0.3] });
    builder.box([x - 1.6, 6.6, gantry + 0.56], [x + 1.2, 6.9, gantry + 0.6], { color: [0.6, 0.6, 0.6] });
  }
  sign(builder, edge + 4.4, -22, [0.02, 0.12, 0.32]);
  sign(builder, -edge - 4.4, -40, [0.4, 0.3, 0.02]);
  const lamps = [-12, -42, -72].flatMap((z) => [
    streetLamp(builder, [edge + 3.6, z], [-2.4, 0], 10),
    streetLamp(builder, [-edge - 3.6, z - 12], [2.4, 0], 10),
  ]);
  const cycling = {
    users: 'bicycles',
    spacing: 11,
    slots: 1,
    period: 11,
    stop: 0,
    trucks: 0,
    stray: 0.3,
  } as const;
  return {
    camera: { position: [3.5, 10.5, 21], target: [0.5, 0, -15], fieldOfView: 42 },
    lanes: [
      ...carriageway(),
      { ...cycling, path: paths(edge + 9, true), speed: 5, fill: 0.5 },
      { ...cycling, path: paths(edge + 10.5, false), speed: 5.6, fill: 0.5 },
      { ...cycling, users: 'people', path: paths(edge + 8.6, false), speed: 1.4, fill: 0.25 },
    ],
    fixed: builder.build(),
    lamps,
  };
}
