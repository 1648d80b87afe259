/** The shapes of what is labelled "truck": lorries, vans and buses. Lengths in metres. */
import { addAxle, addLamps } from './cars.ts';
import { PAINT, ShapeBuilder, type Look, type Ring, type Shape } from './shape.ts';

const CAB: Look = { color: [1, 1, 1], paint: PAINT.tintA };
const CARGO: Look = { color: [1, 1, 1], paint: PAINT.tintB };
const GLASS: Look = { color: [0.05, 0.06, 0.07], paint: PAINT.glass };
const CHASSIS: Look = { color: [0.04, 0.04, 0.045] };
const STRIPE: Look = { color: [1, 1, 1], paint: PAINT.tintC };

const ring = (x: number, bottom: number, top: number, half: number, halfTop = half): Ring => ({
  x,
  bottom,
  top,
  halfBottom: half,
  halfTop,
});

/** A cab whose front stands at `front`, with windscreen and side windows. */
function addCab(builder: ShapeBuilder, front: number, length: number, height: number, half: number): void {
  const back = front - length;
  builder.loft(
    [
      ring(back, 0.45, height, half, half * 0.97),
      ring(front - 0.35, 0.45, height, half, half * 0.97),
      ring(front - 0.06, 0.4, height * 0.62, half, half),
      ring(front, 0.42, height * 0.58, half * 0.96, half * 0.96),
    ],
    CAB,
  );
  const [low, high] = [height * 0.58, height * 0.9];
  builder.quad(
    [front - 0.02, low, half * 0.9],
    [front - 0.02, low, -half * 0.9],
    [front - 0.24, high, -half * 0.86],
    [front - 0.24, high, half * 0.86],
    GLASS,
  );
  for (const side of [-1, 1]) {
    const z = side * (half + 0.004);
    const window = [
      [front - length * 0.75, low, z],
      [front - 0.3, low, z],
      [front - 0.45, high - 0.1, z],
      [front - length * 0.75, high - 0.1, z],
    ] as const;
    const [a, b, c, d] = window;
    if (side === 1) builder.quad(a, b, c, d, GLASS);
    else builder.quad(d, c, b, a, GLASS);
    const [z0, z1] = [side * (half + 0.02), side * (half + 0.24)].sort((p, q) => p - q);
    builder.box([front - 0.3, low, z0 ?? 0], [front - 0.18, low + 0.55, z1 ?? 0], CHASSIS);
  }
  addLamps(builder, front - 0.02, 1, { half: half * 0.92, low: 0.62, high: 0.82, span: 0.36 });
  builder.box([front - 0.1, 0.4, -half * 0.95], [front + 0.04, 0.6, half * 0.95], CHASSIS);
  builder.box([front - 0.05, 0.9, -half * 0.5], [front + 0.015, height * 0.5, half * 0.5], CHASSIS);
}

function boxTruck(length: number, height: number, cabHeight: number): Shape {
  const builder = new ShapeBuilder();
  const front = length / 2;
  const half = 1.2;
  const cabLength = 1.75;
  addCab(builder, front, cabLength, cabHeight, half * 0.94);
  builder.box([-front, 1, -half], [front - cabLength - 0.1, height, half], CARGO);
  builder.box(
    [-front + 0.3, height * 0.45, -half - 0.01],
    [front - cabLength - 0.9, height * 0.62, half + 0.01],
    STRIPE,
  );
  builder.box([-front + 0.05, 0.6, -half * 0.7], [front - 0.4, 1, half * 0.7], CHASSIS);
  addLamps(builder, -front + 0.02, -1, { half: half * 0.9, low: 0.85, high: 1, span: 0.4 });
  addAxle(builder, front - 0.95, half * 0.98, 0.46);
  addAxle(builder, -front + 1.5, half * 0.98, 0.46);
  if (length > 8) addAxle(builder, -front + 2.6, half * 0.98, 0.46);
  return builder.build();
}

function tipper(): Shape {
  const builder = new ShapeBuilder();
  const [front, half] = [3.6, 1.22];
  addCab(builder, front, 1.8, 2.7, half * 0.94);
  builder.loft(
    [
      ring(-3.6, 1.35, 2.45, half * 0.85, half),
      ring(-3.3, 1.15, 2.5, half * 0.85, half),
      ring(1.2, 1.15, 2.5, half * 0.85, half),
      ring(1.55, 1.15, 2.85, half * 0.85, half),
    ],
    CARGO,
  );
  builder.ball([-1, 2.4, 0], [2.1, 0.55, 0.95], { color: [0.3, 0.24, 0.17] });
  for (const x of [-2.6, -1.4, -0.2])
    builder.box([x - 0.06, 1.2, -half - 0.04], [x + 0.06, 2.4, half + 0.04], CARGO);
  builder.box([-3.4, 0.65, -half * 0.6], [front - 0.4, 1.15, half * 0.6], CHASSIS);
  addLamps(builder, -3.5, -1, { half: half * 0.9, low: 0.85, high: 1, span: 0.4 });
  for (const x of [2.5, -1.5, -2.65]) addAxle(builder, x, half * 0.98, 0.5);
  return builder.build();
}

function van(): Shape {
  const builder = new ShapeBuilder();
  const [front, half] = [2.75, 0.99];
  builder.loft(
    [
      ring(-front, 0.4, 2.3, half * 0.96, half * 0.86),
      ring(-front + 0.15, 0.35, 2.42, half, half * 0.88),
      ring(0.9, 0.35, 2.42, half, half * 0.88),
      ring(1.35, 0.35, 2.3, half, half * 0.86),
      ring(2, 0.35, 1.35, half, half * 0.95),
      ring(2.6, 0.35, 1.05, half * 0.95, half * 0.9),
      ring(front, 0.4, 0.85, half * 0.85, half * 0.8),
    ],
    CAB,
  );
  builder.quad(
    [2.02, 1.38, half * 0.86],
    [2.02, 1.38, -half * 0.86],
    [1.42, 2.25, -half * 0.78],
    [1.42, 2.25, half * 0.78],
    GLASS,
  );
  for (const side of [-1, 1]) {
    const corner = (x: number, y: number): readonly [number, number, number] => [
      x,
      y,
      side * half * (1.012 - 0.06 * Math.max(0, y - 1.35)),
    ];
    const window = [corner(0.55, 1.35), corner(1.75, 1.35), corner(1.3, 2.1), corner(0.55, 2.1)] as const;
    const [a, b, c, d] = window;
    if (side === 1) builder.quad(a, b, c, d, GLASS);
    else builder.quad(d, c, b, a, GLASS);
    const [z0, z1] = [side * (half + 0.01), side * (half + 0.2)].sort((p, q) => p - q);
    builder.box([1.65, 1.3, z0 ?? 0], [1.8, 1.65, z1 ?? 0], CHASSIS);
  }
  builder.box([-2.4, 1.2, -half - 0.006], [0.3, 1.5, half + 0.006], STRIPE);
  builder.box([-front - 0.012, 1.45, -0.75], [-front + 0.1, 2.1, 0.75], GLASS);
  addLamps(builder, front - 0.04, 1, { half: half * 0.82, low: 0.62, high: 0.84, span: 0.32 });
  addLamps(builder, -front, -1, { half: half * 0.94, low: 0.9, high: 1.35, span: 0.16 });
  addAxle(builder, 1.75, half, 0.34);
  addAxle(builder, -1.75, half, 0.34);
  return builder.build();
}

function bus(): Shape {
  const builder = new ShapeBuilder();
  const [front, half] = [5.4, 1.25];
  builder.loft(
    [
      ring(-front, 0.4, 2.95, half * 0.97, half * 0.95),
      ring(-front + 0.2, 0.35, 3.1, half),
      ring(front - 0.2, 0.35, 3.1, half),
      ring(front, 0.4, 2.95, half * 0.97, half * 0.95),
    ],
    CAB,
  );
  for (let i = 0; i < 6; i++) {
    const x = -front + 0.5 + i * 1.62;
    builder.box([x, 1.35, -half - 0.012], [x + 1.48, 2.45, half + 0.012], GLASS);
  }
  builder.box([-front + 0.3, 0.75, -half - 0.008], [front - 0.3, 1.15, half + 0.008], STRIPE);
  builder.box([front - 0.1, 1.1, -half * 0.9], [front + 0.02, 2.6, half * 0.9], GLASS);
  builder.box([front - 0.1, 2.65, -half * 0.7], [front + 0.025, 2.9, half * 0.7], {
    color: [0.55, 0.33, 0.05],
  });
  builder.box([-front - 0.02, 1.6, -half * 0.8], [-front + 0.1, 2.5, half * 0.8], GLASS);
  builder.box([-2, 3.08, -0.7], [1, 3.25, 0.7], { color: [0.7, 0.7, 0.7] });
  addLamps(builder, front, 1, { half: half * 0.92, low: 0.65, high: 0.88, span: 0.4 });
  addLamps(builder, -front, -1, { half: half * 0.95, low: 0.9, high: 1.4, span: 0.2 });
  addAxle(builder, front - 2.4, half * 0.99, 0.48);
  addAxle(builder, -front + 3, half * 0.99, 0.48);
  return builder.build();
}

export interface TruckShape {
  readonly shape: Shape;
  /** Metres, bumper to bumper. */
  readonly length: number;
}

export const TRUCK_SHAPES: readonly TruckShape[] = [
  { shape: van(), length: 5.5 },
  { shape: boxTruck(6.6, 3.1, 2.35), length: 6.6 },
  { shape: boxTruck(9.4, 3.7, 2.9), length: 9.4 },
  { shape: tipper(), length: 7.2 },
  { shape: bus(), length: 10.8 },
];

/** Trucks up to this length fit into a place that is made for a car. */
export const SHORT_TRUCK_METRES = 6.7;
