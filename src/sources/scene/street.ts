/** What stands still: pieces from which the presets build their streets. Metres; x east, y up, z south. */
import { sequence } from './rng.ts';
import { PAINT, type Look, type Paint, type ShapeBuilder, type Vec3 } from './shape.ts';

/** A rectangle on the ground: west, north, east, south. */
export type Area = readonly [number, number, number, number];

const WHITE: Look = { color: [0.62, 0.62, 0.6], paint: PAINT.marking };
const YELLOW: Look = { color: [0.6, 0.42, 0.08], paint: PAINT.marking };
const CONCRETE: Look = { color: [0.36, 0.35, 0.33], paint: PAINT.asphalt };
const METAL: Look = { color: [0.2, 0.21, 0.22] };
const DARK_METAL: Look = { color: [0.06, 0.065, 0.07] };
const WOOD: Look = { color: [0.25, 0.15, 0.08] };

/** Flat ground at a height. */
export function ground(builder: ShapeBuilder, area: Area, y: number, color: Vec3, paint: Paint): void {
  const [x0, z0, x1, z1] = area;
  builder.quad([x0, y, z0], [x0, y, z1], [x1, y, z1], [x1, y, z0], { color, paint });
}

/** A slab with kerbs, its top at `height`. */
export function pavement(builder: ShapeBuilder, area: Area, height: number, color: Vec3, paint: Paint): void {
  const [x0, z0, x1, z1] = area;
  builder.box([x0, -0.2, z0], [x1, height - 0.005, z1], CONCRETE);
  const kerb = 0.22;
  ground(builder, [x0 + kerb, z0 + kerb, x1 - kerb, z1 - kerb], height, color, paint);
}

const MARKING_HEIGHT = 0.02;

/** A painted line along x or z, dashed where `dash` > 0 (metres of paint, then as many of gap). */
export function line(builder: ShapeBuilder, area: Area, dash = 0, yellow = false): void {
  const [x0, z0, x1, z1] = area;
  const look = yellow ? YELLOW : WHITE;
  const alongX = x1 - x0 > z1 - z0;
  const length = alongX ? x1 - x0 : z1 - z0;
  const step = dash > 0 ? dash * 2 : length;
  for (let at = 0; at < length; at += step) {
    const end = Math.min(length, at + (dash > 0 ? dash : length));
    const piece: Area = alongX ? [x0 + at, z0, x0 + end, z1] : [x0, z0 + at, x1, z0 + end];
    ground(builder, piece, MARKING_HEIGHT, look.color, PAINT.marking);
  }
}

/** Zebra bars over an area; `bars` says along which axis they are set out. */
export function zebra(builder: ShapeBuilder, area: Area, bars: 'x' | 'z'): void {
  const [x0, z0, x1, z1] = area;
  const width = 0.5;
  if (bars === 'x') {
    for (let x = x0; x + width <= x1; x += 2 * width) line(builder, [x, z0, x + width, z1]);
  } else {
    for (let z = z0; z + width <= z1; z += 2 * width) line(builder, [x0, z, x1, z + width]);
  }
}

const WALLS: readonly Vec3[] = [
  [0.42, 0.36, 0.28],
  [0.34, 0.16, 0.11],
  [0.48, 0.45, 0.4],
  [0.28, 0.27, 0.26],
  [0.44, 0.34, 0.2],
  [0.3, 0.33, 0.36],
  [0.5, 0.48, 0.46],
];

/** A house with windows in its walls and a flat roof with a parapet and machines on it. */
export function building(builder: ShapeBuilder, area: Area, height: number, key: number): void {
  const draw = sequence(key, 11);
  const [x0, z0, x1, z1] = area;
  const wall = WALLS[Math.floor(draw(0, WALLS.length))] ?? [0.4, 0.4, 0.4];
  const joint = { forward: draw(2.9, 3.6), up: draw(1.7, 3), swing: Math.floor(draw(0, 900)) };
  builder.box([x0, 0, z0], [x1, height, z1], { color: wall, paint: PAINT.facade, joint });
  const roof: Look = { color: [0.22, 0.21, 0.2], paint: PAINT.asphalt };
  builder.box([x0 - 0.2, height, z0 - 0.2], [x1 + 0.2, height + 0.5, z1 + 0.2], roof);
  for (let i = 0; i < 2; i++) {
    const [x, z] = [draw(x0 + 1, x1 - 3), draw(z0 + 1, z1 - 3)];
    builder.box([x, height, z], [x + draw(1, 2.5), height + draw(1, 2.4), z + draw(1, 2)], CONCRETE);
  }
}

/** A row of houses side by side along x or z, each with its own height. */
export function row(
  builder: ShapeBuilder,
  area: Area,
  heights: readonly [number, number],
  key: number,
): void {
  const draw = sequence(key, 12);
  const [x0, z0, x1, z1] = area;
  const alongX = x1 - x0 > z1 - z0;
  const end = alongX ? x1 : z1;
  let at = alongX ? x0 : z0;
  let house = 0;
  while (at < end - 4) {
    const next = Math.min(end, at + draw(9, 18));
    const setback = draw(0, 0.8);
    const part: Area = alongX
      ? [at, z0 + setback, next - 0.05, z1 - setback]
      : [x0 + setback, at, x1 - setback, next - 0.05];
    building(builder, part, draw(heights[0], heights[1]), key * 31 + house++);
    at = next;
  }
}

/** A broad-leaved tree: a trunk, a few boughs, a crown of lumpy balls. */
export function tree(builder: ShapeBuilder, x: number, z: number, height: number, key: number): void {
  const draw = sequence(key, 13);
  const trunk: Look = { color: [0.14, 0.1, 0.07] };
  const fork = height * 0.42;
  builder.tube([x, 0, z], [x + 0.1, fork + 0.6, z], 0.16 + height * 0.012, 0.1, 6, trunk);
  const green: Vec3 = [draw(0.07, 0.13), draw(0.13, 0.19), draw(0.035, 0.06)];
  for (let i = 0; i < 6; i++) {
    const angle = (i / 5) * 2 * Math.PI + draw(0, 1);
    const reach = i === 5 ? 0 : height * draw(0.12, 0.2);
    const y = i === 5 ? height * 0.84 : height * draw(0.55, 0.74);
    const centre: Vec3 = [x + Math.cos(angle) * reach, y, z + Math.sin(angle) * reach];
    if (i < 5) builder.tube([x + 0.1, fork, z], centre, 0.08, 0.03, 4, trunk);
    const size = height * draw(0.14, 0.19);
    const shade = draw(0.8, 1.2);
    builder.ball(
      centre,
      [size, size * 0.85, size],
      { color: [green[0] * shade, green[1] * shade, green[2] * shade], paint: PAINT.foliage },
      { columns: 9, rows: 6, lumps: () => draw(-0.22, 0.22) },
    );
  }
}

/** A clipped hedge or shrub over an area. */
export function hedge(builder: ShapeBuilder, area: Area, height: number): void {
  const [x0, z0, x1, z1] = area;
  builder.box([x0, 0, z0], [x1, height, z1], { color: [0.06, 0.1, 0.035], paint: PAINT.foliage });
}

/** A place where a street lamp shines from, metres. */
export type LampPosition = Vec3;

/** A street lamp whose arm reaches (dx, dz) out over the road. Returns where its light is. */
export function streetLamp(
  builder: ShapeBuilder,
  at: readonly [number, number],
  arm: readonly [number, number],
  height: number,
): LampPosition {
  const [x, z] = at;
  const [dx, dz] = arm;
  builder.tube([x, 0, z], [x, height, z], 0.09, 0.055, 6, METAL);
  builder.tube([x, height - 0.1, z], [x + dx, height + 0.1, z + dz], 0.05, 0.04, 5, METAL);
  const head: Vec3 = [x + dx, height + 0.02, z + dz];
  builder.box(
    [head[0] - 0.3, head[1], head[2] - 0.16],
    [head[0] + 0.3, head[1] + 0.12, head[2] + 0.16],
    METAL,
  );
  builder.box([head[0] - 0.24, head[1] - 0.06, head[2] - 0.12], [head[0] + 0.24, head[1], head[2] + 0.12], {
    color: [1, 0.82, 0.55],
    paint: PAINT.lamp,
  });
  return head;
}

/** A traffic light on a pole, its lamps towards ±x or ±z. */
export function trafficLight(
  builder: ShapeBuilder,
  x: number,
  z: number,
  facing: readonly [number, number],
): void {
  builder.tube([x, 0, z], [x, 3.4, z], 0.07, 0.07, 6, DARK_METAL);
  builder.box([x - 0.16, 2.4, z - 0.16], [x + 0.16, 3.4, z + 0.16], DARK_METAL);
  const colors: readonly Vec3[] = [
    [0.02, 0.16, 0.06],
    [0.22, 0.14, 0.01],
    [0.5, 0.03, 0.02],
  ];
  colors.forEach((color, i) => {
    const y = 2.58 + i * 0.32;
    const [px, pz] = [x + facing[0] * 0.17, z + facing[1] * 0.17];
    builder.box([px - 0.09, y - 0.09, pz - 0.09], [px + 0.09, y + 0.09, pz + 0.09], { color });
  });
}

/** A bench along x or z. */
export function bench(builder: ShapeBuilder, x: number, z: number, axis: 'x' | 'z'): void {
  const [hx, hz] = axis === 'x' ? [0.9, 0.22] : [0.22, 0.9];
  builder.box([x - hx, 0.4, z - hz], [x + hx, 0.46, z + hz], WOOD);
  builder.box([x - hx * 0.9, 0, z - hz * 0.9], [x - hx * 0.8, 0.4, z + hz * 0.9], DARK_METAL);
  builder.box([x + hx * 0.8, 0, z - hz * 0.9], [x + hx * 0.9, 0.4, z + hz * 0.9], DARK_METAL);
}

/** A litter bin, a bollard or a planter: small things that are none of the four classes. */
export function clutter(builder: ShapeBuilder, x: number, z: number, key: number): void {
  const draw = sequence(key, 14);
  const kind = draw(0, 3);
  if (kind < 1) builder.tube([x, 0, z], [x, 0.95, z], 0.24, 0.26, 8, { color: [0.07, 0.1, 0.08] }, true);
  else if (kind < 2) builder.tube([x, 0, z], [x, 0.9, z], 0.08, 0.07, 6, METAL, true);
  else {
    builder.box([x - 0.5, 0, z - 0.5], [x + 0.5, 0.5, z + 0.5], CONCRETE);
    builder.ball([x, 0.7, z], [0.5, 0.4, 0.5], { color: [0.09, 0.15, 0.05], paint: PAINT.foliage });
  }
}

/** A sign on a pole. */
export function sign(builder: ShapeBuilder, x: number, z: number, color: Vec3): void {
  builder.tube([x, 0, z], [x, 2.6, z], 0.035, 0.035, 5, METAL);
  builder.box([x - 0.35, 2, z - 0.03], [x + 0.35, 2.6, z + 0.03], { color });
  builder.box([x - 0.27, 2.1, z - 0.035], [x + 0.27, 2.5, z + 0.035], { color: [0.6, 0.6, 0.58] });
}

/** A crash barrier along z. */
export function barrier(builder: ShapeBuilder, x: number, from: number, to: number): void {
  builder.box([x - 0.06, 0.5, from], [x + 0.06, 0.8, to], METAL);
  for (let z = from; z < to; z += 4) builder.box([x - 0.04, 0, z], [x + 0.04, 0.55, z + 0.1], DARK_METAL);
}

/** A market stall or kiosk with an awning. */
export function kiosk(builder: ShapeBuilder, x: number, z: number, color: Vec3): void {
  builder.box([x - 1.6, 0, z - 1.2], [x + 1.6, 2.3, z + 1.2], { color: [0.3, 0.28, 0.25] });
  builder.box([x - 1.3, 1, z + 1.15], [x + 1.3, 2, z + 1.22], {
    color: [0.03, 0.03, 0.035],
    paint: PAINT.glass,
  });
  builder.quad([x - 2, 2.55, z - 1.4], [x - 2, 2.3, z + 2.2], [x + 2, 2.3, z + 2.2], [x + 2, 2.55, z - 1.4], {
    color,
  });
}
