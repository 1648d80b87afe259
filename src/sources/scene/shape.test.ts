import { describe, expect, it } from 'vitest';
import { SHAPES } from './actors.ts';
import { byPaint, PAINT, ShapeBuilder, type Shape } from './shape.ts';

const LOOK = { color: [1, 1, 1] } as const;

/** Share of triangles whose normal points away from the middle of the shape. */
function outwardShare(shape: Shape): number {
  const { positions: p, normals: n } = shape;
  let outward = 0;
  for (let i = 0; i < p.length; i += 9) {
    const centre = [0, 1, 2].map((k) => ((p[i + k] ?? 0) + (p[i + k + 3] ?? 0) + (p[i + k + 6] ?? 0)) / 3);
    const dot = centre.reduce((sum, c, k) => sum + (c - (k === 1 ? 1 : 0)) * (n[i + k] ?? 0), 0);
    if (dot > 0) outward += 1;
  }
  return outward / (p.length / 9);
}

describe('the shape builder', () => {
  it('turns the faces of its solids outwards', () => {
    const ring = (x: number) => ({ x, bottom: 0, top: 2, halfBottom: 1, halfTop: 1 });
    const solids = [
      new ShapeBuilder().box([-1, 0, -1], [1, 2, 1], LOOK),
      new ShapeBuilder().loft([ring(-1), ring(1)], LOOK),
      new ShapeBuilder().ball([0, 1, 0], [1, 1, 1], LOOK),
      new ShapeBuilder().tube([0, 0, 0], [0, 2, 0], 1, 1, 8, LOOK, true),
    ];
    for (const solid of solids) expect(outwardShare(solid.build())).toBe(1);
  });

  it('leaves out triangles without area', () => {
    expect(new ShapeBuilder().triangle([0, 0, 0], [1, 0, 0], [2, 0, 0], LOOK).build().positions).toHaveLength(
      0,
    );
  });

  it('sorts triangles by paint without losing any', () => {
    const shape = new ShapeBuilder()
      .box([0, 0, 0], [1, 1, 1], { ...LOOK, paint: PAINT.facade })
      .quad([0, 0, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0], { ...LOOK, paint: PAINT.asphalt })
      .build();
    const parts = byPaint(shape);
    expect([...parts.keys()].sort()).toEqual([PAINT.asphalt, PAINT.facade]);
    expect(parts.get(PAINT.asphalt)?.positions).toHaveLength(18);
    expect(parts.get(PAINT.facade)?.positions).toHaveLength(90);
  });
});

it('builds every road user on the ground, of a size that road users have', () => {
  for (const shape of SHAPES) {
    const heights = shape.positions.filter((_, i) => i % 3 === 1);
    expect(Math.min(...heights)).toBeGreaterThan(-0.05);
    expect(Math.min(...heights)).toBeLessThan(0.3);
    expect(Math.max(...heights)).toBeGreaterThan(1.3);
    expect(Math.max(...heights)).toBeLessThan(4);
    expect(shape.positions.length / 9).toBeLessThan(700);
  }
});
