/**
 * Shapes: triangles with a colour, a paint and a joint at every vertex, put together from a few primitives.
 * Own axes of an actor: x forward, y up, z to its right; metres; the origin lies on the ground below its middle.
 */

export type Vec3 = readonly [number, number, number];

/** What covers a triangle; the shaders tell them apart by the number. */
export const PAINT = {
  /** The vertex colour as it is. */
  plain: 0,
  /** The actor's three tints, multiplied with the vertex colour. */
  tintA: 1,
  tintB: 2,
  tintC: 3,
  glass: 4,
  headlight: 5,
  taillight: 6,
  asphalt: 10,
  slabs: 11,
  facade: 12,
  foliage: 13,
  grass: 14,
  marking: 15,
  lamp: 16,
  cobbles: 17,
} as const;
export type Paint = (typeof PAINT)[keyof typeof PAINT];

/**
 * A hinge across the actor: the vertex turns about the axis through (forward, up) metres by
 * `swing` · sin(phase) radians. On a facade the same three numbers are storey height, bay width (metres), seed.
 */
export interface Joint {
  readonly forward: number;
  readonly up: number;
  readonly swing: number;
}
const STIFF: Joint = { forward: 0, up: 0, swing: 0 };

export interface Look {
  readonly color: Vec3;
  readonly paint?: Paint;
  readonly joint?: Joint;
}

/** Flat arrays, three vertices a triangle. */
export interface Shape {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly colors: Float32Array;
  readonly paints: Float32Array;
  readonly joints: Float32Array;
}

/** One ring of a loft: a rounded rectangle across the x axis. */
export interface Ring {
  readonly x: number;
  readonly bottom: number;
  readonly top: number;
  /** Half widths at the bottom and at the top, metres. */
  readonly halfBottom: number;
  readonly halfTop: number;
}

export class ShapeBuilder {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly colors: number[] = [];
  private readonly paints: number[] = [];
  private readonly joints: number[] = [];

  /** A triangle, counter-clockwise seen from outside. */
  triangle(a: Vec3, b: Vec3, c: Vec3, look: Look, normals?: readonly [Vec3, Vec3, Vec3]): this {
    const flat = cross(subtract(b, a), subtract(c, a));
    const length = Math.hypot(...flat);
    if (length < 1e-9) return this;
    const face: Vec3 = [flat[0] / length, flat[1] / length, flat[2] / length];
    const joint = look.joint ?? STIFF;
    [a, b, c].forEach((vertex, index) => {
      this.positions.push(...vertex);
      this.normals.push(...(normals?.[index] ?? face));
      this.colors.push(...look.color);
      this.paints.push(look.paint ?? PAINT.plain);
      this.joints.push(joint.forward, joint.up, joint.swing);
    });
    return this;
  }

  /** A flat four-sided face, counter-clockwise seen from outside. */
  quad(a: Vec3, b: Vec3, c: Vec3, d: Vec3, look: Look): this {
    return this.triangle(a, b, c, look).triangle(a, c, d, look);
  }

  /** A box between two corners, open below. */
  box(low: Vec3, high: Vec3, look: Look): this {
    const [x0, y0, z0] = low;
    const [x1, y1, z1] = high;
    this.quad([x0, y1, z0], [x0, y1, z1], [x1, y1, z1], [x1, y1, z0], look);
    this.quad([x0, y0, z1], [x1, y0, z1], [x1, y1, z1], [x0, y1, z1], look);
    this.quad([x1, y0, z0], [x0, y0, z0], [x0, y1, z0], [x1, y1, z0], look);
    this.quad([x1, y0, z1], [x1, y0, z0], [x1, y1, z0], [x1, y1, z1], look);
    return this.quad([x0, y0, z0], [x0, y0, z1], [x0, y1, z1], [x0, y1, z0], look);
  }

  /** A body along x through rings of rising x, with bevelled upper edges, open below. `side` covers the flanks. */
  loft(rings: readonly Ring[], look: Look, side: Look = look): this {
    const outlines = rings.map(outline);
    for (let i = 0; i + 1 < outlines.length; i++) {
      const back = outlines[i] ?? [];
      const front = outlines[i + 1] ?? [];
      for (let j = 0; j + 1 < back.length; j++) {
        const k = j + 1;
        const isFlank = j === 0 || j === 6;
        const [a, b, c, d] = [back[j], front[j], front[k], back[k]];
        if (a && b && c && d) this.quad(a, b, c, d, isFlank ? side : look);
      }
    }
    this.cap(outlines[0] ?? [], look, true);
    this.cap(outlines.at(-1) ?? [], look, false);
    return this;
  }

  private cap(ring: readonly Vec3[], look: Look, reversed: boolean): void {
    for (let j = 1; j + 1 < ring.length; j++) {
      const [a, b, c] = [ring[0], ring[j], ring[j + 1]];
      if (a && b && c) this.triangle(a, reversed ? b : c, reversed ? c : b, look);
    }
  }

  /** A cylinder, or a cone where the radii differ, from one point to another, closed at `to` where wished. */
  tube(
    from: Vec3,
    to: Vec3,
    fromRadius: number,
    toRadius: number,
    sides: number,
    look: Look,
    closed = false,
  ): this {
    const axis = normalise(subtract(to, from));
    const helper: Vec3 = Math.abs(axis[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0];
    const u = normalise(cross(axis, helper));
    const v = cross(axis, u);
    const rim = (centre: Vec3, radius: number, step: number): Vec3 => {
      const angle = (2 * Math.PI * step) / sides;
      return along(along(centre, u, radius * Math.cos(angle)), v, radius * Math.sin(angle));
    };
    for (let i = 0; i < sides; i++) {
      const a = rim(from, fromRadius, i);
      const b = rim(from, fromRadius, i + 1);
      const c = rim(to, toRadius, i + 1);
      const d = rim(to, toRadius, i);
      this.quad(a, b, c, d, look);
      if (closed) this.triangle(to, d, c, look);
    }
    return this;
  }

  /** An ellipsoid with smooth normals; `lumps` moves each vertex in and out by up to that share. */
  ball(
    centre: Vec3,
    radii: Vec3,
    look: Look,
    options: { columns?: number; rows?: number; lumps?: (column: number, row: number) => number } = {},
  ): this {
    const { columns = 7, rows = 4, lumps = () => 0 } = options;
    const at = (column: number, row: number): Vec3 => {
      const azimuth = (2 * Math.PI * (column % columns)) / columns;
      const polar = (Math.PI * row) / rows;
      return [Math.sin(polar) * Math.cos(azimuth), Math.cos(polar), Math.sin(polar) * Math.sin(azimuth)];
    };
    const place = (column: number, row: number): Vec3 => {
      const n = at(column, row);
      const size = 1 + (row === 0 || row === rows ? 0 : lumps(column % columns, row));
      return [
        centre[0] + n[0] * radii[0] * size,
        centre[1] + n[1] * radii[1] * size,
        centre[2] + n[2] * radii[2] * size,
      ];
    };
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const corner = (c: number, r: number): [Vec3, Vec3] => [place(c, r), at(c, r)];
        const [a, na] = corner(column, row);
        const [b, nb] = corner(column + 1, row);
        const [c, nc] = corner(column + 1, row + 1);
        const [d, nd] = corner(column, row + 1);
        this.triangle(a, b, c, look, [na, nb, nc]).triangle(a, c, d, look, [na, nc, nd]);
      }
    }
    return this;
  }

  build(): Shape {
    return {
      positions: new Float32Array(this.positions),
      normals: new Float32Array(this.normals),
      colors: new Float32Array(this.colors),
      paints: new Float32Array(this.paints),
      joints: new Float32Array(this.joints),
    };
  }
}

/** The triangles of a shape, sorted into one shape for each paint. */
export function byPaint(shape: Shape): Map<number, Shape> {
  const triangles = new Map<number, number[]>();
  for (let i = 0; i < shape.paints.length; i += 3) {
    const paint = shape.paints[i] ?? PAINT.plain;
    const list = triangles.get(paint);
    if (list) list.push(i / 3);
    else triangles.set(paint, [i / 3]);
  }
  const gather = (from: Float32Array, list: readonly number[], perTriangle: number): Float32Array => {
    const gathered = new Float32Array(list.length * perTriangle);
    list.forEach((t, i) => {
      gathered.set(from.subarray(t * perTriangle, (t + 1) * perTriangle), i * perTriangle);
    });
    return gathered;
  };
  return new Map(
    [...triangles].map(([paint, list]) => [
      paint,
      {
        positions: gather(shape.positions, list, 9),
        normals: gather(shape.normals, list, 9),
        colors: gather(shape.colors, list, 9),
        paints: gather(shape.paints, list, 3),
        joints: gather(shape.joints, list, 9),
      },
    ]),
  );
}

/** Eight corners, from the bottom of the right flank round to the bottom of the left. */
function outline(ring: Ring): Vec3[] {
  const { x, bottom, top, halfBottom, halfTop } = ring;
  const bevel = Math.min(0.09, (top - bottom) / 4, halfTop / 3);
  const skirt = Math.min(0.04, (top - bottom) / 6);
  return [
    [x, bottom + skirt, halfBottom],
    [x, top - bevel, halfTop],
    [x, top - bevel * 0.3, halfTop - bevel * 0.6],
    [x, top, halfTop - bevel * 1.6],
    [x, top, -halfTop + bevel * 1.6],
    [x, top - bevel * 0.3, -halfTop + bevel * 0.6],
    [x, top - bevel, -halfTop],
    [x, bottom + skirt, -halfBottom],
  ];
}

const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const along = (a: Vec3, direction: Vec3, t: number): Vec3 => [
  a[0] + direction[0] * t,
  a[1] + direction[1] * t,
  a[2] + direction[2] * t,
];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const normalise = (a: Vec3): Vec3 => {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
};
