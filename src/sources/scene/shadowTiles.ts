/**
 * Where the actors' shadows may fall: asking the sun's map at every pixel is the dearest part of a frame on a software
 * renderer, and most of a street lies in no actor's shadow.
 */
import { Box3, Vector3, Vector4, type Matrix4 } from 'three';
import type { Actor } from './actors.ts';
import { placement } from './projection.ts';
import type { Shape, Vec3 } from './shape.ts';

/** Tiles across and down the frame. */
export const SHADOW_GRID = { columns: 20, rows: 12 } as const;
/** Swinging limbs and the soft edge of a shadow reach so far beyond the shape, metres. */
const MARGIN_METRES = 0.5;
/** Nothing on which a shadow falls lies lower, metres. */
const LOWEST_METRES = -0.5;
/** Points nearer to the camera's plane have no place in the frame. */
const NEAREST = 0.1;

const corners = new WeakMap<Shape, readonly Vector3[]>();

/** Of the box around a shape, in its own axes. */
function cornersOf(shape: Shape): readonly Vector3[] {
  const known = corners.get(shape);
  if (known) return known;
  const { min, max } = new Box3().setFromArray(shape.positions).expandByScalar(MARGIN_METRES);
  const made = [min.x, max.x].flatMap((x) =>
    [min.y, max.y].flatMap((y) => [min.z, max.z].map((z) => new Vector3(x, y, z))),
  );
  corners.set(shape, made);
  return made;
}

/**
 * @param sunDirection towards the sun, which stands above the horizon
 * @returns for each tile, row by row from the bottom left, whether any actor's shadow may fall into it; all where an actor or its
 * shadow reaches behind the camera
 */
export function shadowTiles(
  actors: readonly Actor[],
  sunDirection: Vec3,
  viewProjection: Matrix4,
): readonly boolean[] {
  const { columns, rows } = SHADOW_GRID;
  const marked = new Array<boolean>(columns * rows).fill(false);
  const [sunX, sunY, sunZ] = sunDirection;
  const clip = new Vector4();
  for (const actor of actors) {
    const matrix = placement(actor);
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const corner of cornersOf(actor.shape)) {
      const world = corner.clone().applyMatrix4(matrix);
      const fall = Math.max(0, world.y - LOWEST_METRES) / sunY;
      // What throws the shadow, and the lowest place where it may lie.
      for (const along of [0, fall]) {
        clip.set(world.x - along * sunX, world.y - along * sunY, world.z - along * sunZ, 1);
        clip.applyMatrix4(viewProjection);
        if (clip.w < NEAREST) return marked.fill(true);
        const [x, y] = [0.5 + clip.x / clip.w / 2, 0.5 + clip.y / clip.w / 2];
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [bottom, top] = [Math.min(bottom, y), Math.max(top, y)];
      }
    }
    const [from, to] = [
      Math.max(0, Math.floor(left * columns)),
      Math.min(columns, Math.floor(right * columns) + 1),
    ];
    const rowsEnd = Math.min(rows, Math.floor(top * rows) + 1);
    for (let row = Math.max(0, Math.floor(bottom * rows)); row < rowsEnd; row += 1) {
      for (let column = from; column < to; column += 1) marked[row * columns + column] = true;
    }
  }
  return marked;
}
