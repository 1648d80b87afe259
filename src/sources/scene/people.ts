/** The shapes of people on foot and on bicycles (a bicycle and its rider are one object, "bicycle"). Metres. */
import { PAINT, ShapeBuilder, type Joint, type Look, type Shape, type Vec3 } from './shape.ts';

const TOP: Look = { color: [1, 1, 1], paint: PAINT.tintA };
const LEGS: Look = { color: [1, 1, 1], paint: PAINT.tintB };
const SKIN: Look = { color: [1, 1, 1], paint: PAINT.tintC };
const HAIR: Look = { color: [0.16, 0.12, 0.1], paint: PAINT.tintC };
const SHOE: Look = { color: [0.05, 0.045, 0.04] };
const BAG: Look = { color: [0.28, 0.2, 0.13] };

interface Outfit {
  readonly coat?: boolean;
  readonly skirt?: boolean;
  readonly backpack?: boolean;
  readonly umbrella?: boolean;
  readonly longHair?: boolean;
}

function addHead(builder: ShapeBuilder, x: number, y: number, longHair: boolean): void {
  builder.tube([x, y - 0.22, 0], [x, y - 0.05, 0], 0.06, 0.06, 5, SKIN);
  builder.ball([x, y, 0], [0.105, 0.135, 0.09], SKIN);
  builder.ball([x - 0.025, y + 0.045, 0], [0.11, 0.11, 0.1], HAIR, { columns: 6, rows: 3 });
  if (longHair) builder.ball([x - 0.07, y - 0.1, 0], [0.06, 0.2, 0.1], HAIR, { columns: 5, rows: 3 });
}

function walker(outfit: Outfit): Shape {
  const builder = new ShapeBuilder();
  const hip = 0.9;
  for (const side of [-1, 1]) {
    const leg: Joint = { forward: 0, up: hip, swing: 0.46 * side };
    const z = side * 0.095;
    const stocking = outfit.skirt === true ? SKIN : LEGS;
    builder.tube([0, hip, z], [0.02, 0.48, z], 0.095, 0.068, 5, { ...LEGS, joint: leg });
    builder.tube([0.02, 0.48, z], [-0.01, 0.06, z], 0.066, 0.045, 5, { ...stocking, joint: leg });
    builder.box([-0.08, 0, z - 0.045], [0.17, 0.075, z + 0.045], { ...SHOE, joint: leg });
    const arm: Joint = { forward: 0, up: 1.42, swing: -0.38 * side };
    const shoulder: Vec3 = [0, 1.42, side * 0.21];
    const holds = outfit.umbrella === true && side === 1;
    const still: Joint = { ...arm, swing: 0 };
    const elbow: Vec3 = holds ? [0.1, 1.18, 0.24] : [-0.02, 1.14, side * 0.25];
    const wrist: Vec3 = holds ? [0.24, 1.3, 0.16] : [0.06, 0.88, side * 0.25];
    const swing = holds ? still : arm;
    builder.tube(shoulder, elbow, 0.06, 0.048, 5, { ...TOP, joint: swing });
    builder.tube(elbow, wrist, 0.046, 0.036, 5, { ...TOP, joint: swing });
    builder.ball(wrist, [0.045, 0.06, 0.04], { ...SKIN, joint: swing }, { columns: 4, rows: 2 });
  }
  builder.loft(
    [
      { x: -0.125, bottom: 0.95, top: 1.4, halfBottom: 0.13, halfTop: 0.16 },
      { x: -0.06, bottom: 0.86, top: 1.5, halfBottom: 0.17, halfTop: 0.215 },
      { x: 0.06, bottom: 0.86, top: 1.49, halfBottom: 0.165, halfTop: 0.205 },
      { x: 0.12, bottom: 0.95, top: 1.38, halfBottom: 0.12, halfTop: 0.15 },
    ],
    TOP,
  );
  if (outfit.coat === true) builder.tube([0, 0.5, 0], [0, 1, 0], 0.23, 0.18, 8, TOP);
  if (outfit.skirt === true) builder.tube([0, 0.55, 0], [0, 0.98, 0], 0.25, 0.16, 8, LEGS);
  if (outfit.backpack === true) builder.box([-0.33, 1, -0.15], [-0.12, 1.46, 0.15], BAG);
  addHead(builder, 0.02, 1.64, outfit.longHair === true);
  if (outfit.umbrella === true) {
    builder.tube([0.22, 1.25, 0.14], [0.12, 2.05, 0.05], 0.012, 0.012, 4, SHOE);
    builder.tube([0.12, 1.88, 0.05], [0.12, 2.14, 0.05], 0.56, 0, 10, LEGS);
  }
  return builder.build();
}

export const PERSON_SHAPES: readonly Shape[] = [
  walker({}),
  walker({ longHair: true }),
  walker({ coat: true }),
  walker({ skirt: true, longHair: true }),
  walker({ backpack: true }),
];

/** Shapes for rain. */
export const UMBRELLA_SHAPES: readonly Shape[] = [
  walker({ umbrella: true, coat: true }),
  walker({ umbrella: true, longHair: true }),
];

const TYRE: Look = { color: [0.04, 0.04, 0.04] };
const STEEL: Look = { color: [0.3, 0.3, 0.32] };

function addWheel(builder: ShapeBuilder, x: number): void {
  const radius = 0.34;
  const spokes = 10;
  for (let i = 0; i < spokes; i++) {
    const point = (step: number): Vec3 => {
      const angle = (2 * Math.PI * step) / spokes;
      return [x + radius * Math.cos(angle), radius + radius * Math.sin(angle), 0];
    };
    builder.tube(point(i), point(i + 1), 0.028, 0.028, 3, TYRE);
    if (i % 3 === 0) builder.tube([x, radius, 0], point(i), 0.006, 0.006, 3, STEEL);
  }
}

function cyclist(options: { readonly helmet: boolean; readonly upright: boolean }): Shape {
  const builder = new ShapeBuilder();
  const helmet: Look = { color: [0.75, 0.76, 0.78] };
  addWheel(builder, -0.52);
  addWheel(builder, 0.53);
  const [rear, front, crank, seat, head]: Vec3[] = [
    [-0.52, 0.34, 0],
    [0.53, 0.34, 0],
    [-0.06, 0.3, 0],
    [-0.2, 0.86, 0],
    [0.36, 0.82, 0],
  ];
  const bars: readonly (readonly [Vec3 | undefined, Vec3 | undefined])[] = [
    [rear, crank],
    [rear, seat],
    [crank, seat],
    [crank, head],
    [seat, head],
    [front, head],
  ];
  const steel: Look = { color: [0.5, 0.08, 0.06] };
  for (const [from, to] of bars) if (from && to) builder.tube(from, to, 0.024, 0.024, 3, steel);
  builder.tube([0.36, 0.82, 0], [0.34, 1.02, 0], 0.02, 0.02, 4, STEEL);
  builder.tube([0.36, 1.02, -0.27], [0.36, 1.02, 0.27], 0.02, 0.02, 4, TYRE);
  builder.box([-0.34, 0.86, -0.07], [-0.08, 0.92, 0.07], TYRE);
  builder.box([-0.68, 0.62, -0.03], [-0.62, 0.7, 0.03], { color: [0.5, 0.02, 0.02], paint: PAINT.taillight });
  builder.box([0.44, 0.84, -0.04], [0.5, 0.92, 0.04], { color: [0.8, 0.8, 0.75], paint: PAINT.headlight });
  const lean = options.upright ? 0.06 : 0.3;
  const shoulder: Vec3 = [-0.16 + lean, 1.44 - lean * 0.25, 0];
  for (const side of [-1, 1]) {
    const leg: Joint = { forward: -0.18, up: 0.94, swing: 0.3 * side };
    const z = side * 0.1;
    builder.tube([-0.18, 0.94, z], [0.16, 0.66, z], 0.095, 0.07, 5, { ...LEGS, joint: leg });
    builder.tube([0.16, 0.66, z], [0, 0.26, z], 0.066, 0.045, 5, { ...LEGS, joint: leg });
    builder.box([-0.06, 0.19, z - 0.04], [0.17, 0.27, z + 0.04], { ...SHOE, joint: leg });
    const reach: Vec3 = [0.36, 1.04, side * 0.24];
    const elbow: Vec3 = [(shoulder[0] + reach[0]) / 2, 1.15, side * 0.27];
    builder.tube([shoulder[0], shoulder[1] - 0.04, side * 0.19], elbow, 0.058, 0.046, 5, TOP);
    builder.tube(elbow, reach, 0.044, 0.036, 5, SKIN);
  }
  builder.tube([-0.18, 0.88, 0], [-0.19 + lean * 0.4, 1.12, 0], 0.15, 0.17, 8, TOP);
  builder.tube([-0.19 + lean * 0.4, 1.12, 0], [shoulder[0], shoulder[1] + 0.03, 0], 0.17, 0.15, 8, TOP);
  builder.ball([shoulder[0], shoulder[1] - 0.04, 0], [0.12, 0.1, 0.22], TOP);
  addHead(builder, shoulder[0] + 0.06, shoulder[1] + 0.22, false);
  if (options.helmet) {
    builder.ball([shoulder[0] + 0.05, shoulder[1] + 0.29, 0], [0.15, 0.1, 0.12], helmet, { rows: 4 });
  }
  return builder.build();
}

export const BICYCLE_SHAPES: readonly Shape[] = [
  cyclist({ helmet: true, upright: false }),
  cyclist({ helmet: false, upright: true }),
];
