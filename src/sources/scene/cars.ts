/** The shapes of cars: one recipe, several bodies. Lengths in metres. */
import { PAINT, ShapeBuilder, type Look, type Shape, type Vec3 } from './shape.ts';

interface CarBody {
  readonly length: number;
  readonly width: number;
  readonly height: number;
  /** Height of the bonnet's front edge and of the window line. */
  readonly nose: number;
  readonly waist: number;
  /** Along the car as fractions of its length from the tail (0) to the nose (1). */
  readonly rearGlassFoot: number;
  readonly roofBack: number;
  readonly roofFront: number;
  readonly windscreenFoot: number;
  /** Height of the tail's deck: the waist, or less for a saloon's boot. */
  readonly deck: number;
}

const BODIES: readonly CarBody[] = [
  // Saloon, hatchback, estate, sport utility, people carrier, small city car.
  {
    length: 4.6,
    width: 1.82,
    height: 1.45,
    nose: 0.72,
    waist: 0.95,
    rearGlassFoot: 0.17,
    roofBack: 0.33,
    roofFront: 0.57,
    windscreenFoot: 0.72,
    deck: 0.98,
  },
  {
    length: 4.15,
    width: 1.78,
    height: 1.48,
    nose: 0.74,
    waist: 0.95,
    rearGlassFoot: 0.02,
    roofBack: 0.14,
    roofFront: 0.54,
    windscreenFoot: 0.73,
    deck: 0.95,
  },
  {
    length: 4.7,
    width: 1.83,
    height: 1.5,
    nose: 0.74,
    waist: 0.96,
    rearGlassFoot: 0.02,
    roofBack: 0.09,
    roofFront: 0.57,
    windscreenFoot: 0.73,
    deck: 0.97,
  },
  {
    length: 4.55,
    width: 1.9,
    height: 1.72,
    nose: 0.95,
    waist: 1.12,
    rearGlassFoot: 0.02,
    roofBack: 0.1,
    roofFront: 0.58,
    windscreenFoot: 0.71,
    deck: 1.1,
  },
  {
    length: 4.6,
    width: 1.86,
    height: 1.78,
    nose: 0.8,
    waist: 1.05,
    rearGlassFoot: 0.01,
    roofBack: 0.06,
    roofFront: 0.64,
    windscreenFoot: 0.84,
    deck: 1.03,
  },
  {
    length: 3.6,
    width: 1.66,
    height: 1.5,
    nose: 0.76,
    waist: 0.94,
    rearGlassFoot: 0.01,
    roofBack: 0.1,
    roofFront: 0.58,
    windscreenFoot: 0.78,
    deck: 0.94,
  },
];

const BODY: Look = { color: [1, 1, 1], paint: PAINT.tintA };
const GLASS: Look = { color: [0.05, 0.06, 0.07], paint: PAINT.glass };
const TRIM: Look = { color: [0.03, 0.03, 0.032] };
const PLATE: Look = { color: [0.75, 0.75, 0.7] };
const TYRE: Look = { color: [0.025, 0.025, 0.027] };
const HUB: Look = { color: [0.35, 0.35, 0.37] };

/** A wheel on both sides of an axle at `x`. */
export function addAxle(builder: ShapeBuilder, x: number, halfTrack: number, radius: number): void {
  for (const side of [-1, 1]) {
    const outer: Vec3 = [x, radius, side * halfTrack];
    const inner: Vec3 = [x, radius, side * (halfTrack - 0.24)];
    builder.tube(inner, outer, radius, radius, 9, TYRE, true);
    const hub: Vec3 = [x, radius, side * (halfTrack + 0.012)];
    builder.tube(outer, hub, radius * 0.62, 0, 6, HUB);
  }
}

/** Lamps and a number plate on a flat front (+1) or back (−1) at `x`. */
export function addLamps(
  builder: ShapeBuilder,
  x: number,
  facing: 1 | -1,
  size: { readonly half: number; readonly low: number; readonly high: number; readonly span: number },
): void {
  const look: Look =
    facing === 1
      ? { color: [0.85, 0.86, 0.82], paint: PAINT.headlight }
      : { color: [0.45, 0.02, 0.02], paint: PAINT.taillight };
  for (const side of [-1, 1]) {
    const [z0, z1] = [side * size.half, side * (size.half - size.span)].sort((a, b) => a - b);
    builder.box([x - 0.06, size.low, z0 ?? 0], [x + 0.06, size.high, z1 ?? 0], look);
  }
  builder.box([x - 0.05, size.low - 0.2, -0.26], [x + 0.05, size.low - 0.08, 0.26], PLATE);
}

function carShape(body: CarBody): Shape {
  const { length, width, height, nose, waist, deck } = body;
  const at = (fraction: number): number => (fraction - 0.5) * length;
  const half = width / 2;
  const builder = new ShapeBuilder();
  const ring = (fraction: number, top: number, narrow: number, bottom = 0.24) => ({
    x: at(fraction),
    bottom,
    top,
    halfBottom: half * narrow * 0.97,
    halfTop: half * narrow,
  });
  builder.loft(
    [
      ring(0, deck - 0.16, 0.86, 0.36),
      ring(0.025, deck - 0.02, 0.93, 0.28),
      ring(body.rearGlassFoot + 0.03, deck, 0.97),
      ring(0.35, waist, 1),
      ring(body.windscreenFoot, waist - 0.02, 1),
      ring(0.95, nose + 0.06, 0.96),
      ring(0.985, nose - 0.04, 0.9, 0.28),
      ring(1, nose - 0.2, 0.82, 0.34),
    ],
    BODY,
  );
  const base = Math.min(waist, deck) - 0.03;
  const glassRing = (fraction: number, top: number, foot: number, head: number) => ({
    x: at(fraction),
    bottom: base,
    top,
    halfBottom: half * foot,
    halfTop: half * head,
  });
  builder.loft(
    [
      glassRing(body.rearGlassFoot, base + 0.06, 0.84, 0.82),
      glassRing(body.roofBack, height - 0.04, 0.9, 0.74),
      glassRing(body.roofFront, height - 0.04, 0.92, 0.76),
      glassRing(body.windscreenFoot, base + 0.06, 0.88, 0.86),
    ],
    GLASS,
  );
  const roofRing = (fraction: number, top: number) => ({
    x: at(fraction),
    bottom: top - 0.09,
    top,
    halfBottom: half * 0.78,
    halfTop: half * 0.74,
  });
  builder.loft(
    [
      roofRing(body.roofBack - 0.012, height - 0.04),
      roofRing((body.roofBack + body.roofFront) / 2, height),
      roofRing(body.roofFront + 0.012, height - 0.05),
    ],
    BODY,
  );
  for (const side of [-1, 1]) {
    const pillar = (foot: number, head: number): void => {
      builder.tube(
        [at(foot), base + 0.04, side * half * 0.87],
        [at(head), height - 0.09, side * half * 0.75],
        0.05,
        0.045,
        3,
        BODY,
      );
    };
    pillar(body.windscreenFoot, body.roofFront);
    pillar(body.rearGlassFoot, body.roofBack);
    const middle = (body.roofBack + body.roofFront) / 2;
    pillar(middle + 0.01, middle);
    const mirror = at(body.windscreenFoot - 0.03);
    const [z0, z1] = [side * half * 0.98, side * (half + 0.13)].sort((a, b) => a - b);
    builder.box([mirror - 0.08, waist, z0 ?? 0], [mirror + 0.08, waist + 0.14, z1 ?? 0], TRIM);
  }
  builder.box([at(0.97), 0.27, -half * 0.8], [at(1) + 0.02, 0.42, half * 0.8], TRIM);
  builder.box([at(0) - 0.02, 0.3, -half * 0.8], [at(0.02), 0.42, half * 0.8], TRIM);
  addLamps(builder, at(0.985), 1, { half: half * 0.84, low: nose - 0.24, high: nose - 0.08, span: 0.36 });
  addLamps(builder, at(0.012), -1, { half: half * 0.86, low: deck - 0.3, high: deck - 0.12, span: 0.32 });
  const radius = 0.29 + 0.06 * (height - 1.35);
  addAxle(builder, at(0.19), half - 0.01, radius + 0.02);
  addAxle(builder, at(0.81), half - 0.01, radius + 0.02);
  return builder.build();
}

export const CAR_SHAPES: readonly Shape[] = BODIES.map(carShape);
