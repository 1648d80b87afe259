/** Exact boxes: the vertices of an actor, moved as the vertex shader moves them, projected and bounded. */
import { Matrix4, Quaternion, Sphere, Vector3, Vector4, type Frustum } from 'three';
import type { TruthBox } from '../../domain/detection.ts';
import type { Size } from '../../domain/size.ts';
import type { Actor } from './actors.ts';
import type { Shape } from './shape.ts';

/** Boxes lower than this share of the frame (12 px of 384) are too small to be asked of a detector. */
const MIN_HEIGHT = 12 / 384;
const MAX_OCCLUSION = 0.75;
/** Least share of the whole box that has to lie inside the frame. */
const MIN_INSIDE = 0.35;
const REACH_METRES = 9;
/** Points on the surface at which it is asked whether something nearer hides it. */
const SAMPLES = 64;

interface Points {
  /** x, y, z and joint forward, up, swing of each point. */
  readonly data: Float64Array;
  readonly count: number;
}

interface Outline {
  readonly vertices: Points;
  readonly samples: Points;
}

const outlines = new WeakMap<Shape, Outline>();

function outlineOf(shape: Shape): Outline {
  const known = outlines.get(shape);
  if (known) return known;
  const made = { vertices: distinctVertices(shape), samples: surfaceSamples(shape) };
  outlines.set(shape, made);
  return made;
}

function distinctVertices(shape: Shape): Points {
  const seen = new Map<string, number[]>();
  for (let i = 0; i < shape.positions.length; i += 3) {
    const point = [...shape.positions.subarray(i, i + 3), ...shape.joints.subarray(i, i + 3)];
    seen.set(point.map((x) => x.toFixed(4)).join(), point);
  }
  return { data: new Float64Array([...seen.values()].flat()), count: seen.size };
}

/** Centroids of triangles, picked evenly by area. */
function surfaceSamples(shape: Shape): Points {
  const triangles: { area: number; point: number[] }[] = [];
  const p = shape.positions;
  const at = (i: number): Vector3 => new Vector3(p[i], p[i + 1], p[i + 2]);
  for (let i = 0; i < p.length; i += 9) {
    const [a, b, c] = [at(i), at(i + 3), at(i + 6)];
    const area = b.clone().sub(a).cross(c.clone().sub(a)).length() / 2;
    const centre = a.add(b).add(c).divideScalar(3);
    triangles.push({ area, point: [centre.x, centre.y, centre.z, ...shape.joints.subarray(i, i + 3)] });
  }
  const total = triangles.reduce((sum, triangle) => sum + triangle.area, 0);
  const picked: number[] = [];
  let passed = 0;
  for (const { area, point } of triangles) {
    const before = Math.floor((passed / total) * SAMPLES);
    passed += area;
    if (Math.floor((passed / total) * SAMPLES) > before) picked.push(...point);
  }
  return { data: new Float64Array(picked), count: picked.length / 6 };
}

/** The matrix that places an actor in the world. */
export function placement(actor: Actor): Matrix4 {
  return new Matrix4().compose(
    new Vector3(...actor.position),
    new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), actor.heading),
    new Vector3(...actor.scale),
  );
}

/** Could an actor, or its shadow, be seen? Nothing reaches further than `REACH_METRES` from its origin. */
export function mayBeSeen(actor: Actor, frustum: Frustum): boolean {
  return frustum.intersectsSphere(new Sphere(new Vector3(...actor.position), REACH_METRES));
}

/** Calls back with the place in the frame, in fractions from the top left, of each point before the camera. */
function project(
  actor: Actor,
  points: Points,
  viewProjection: Matrix4,
  callback: (x: number, y: number) => void,
): boolean {
  const matrix = viewProjection.clone().multiply(placement(actor));
  const swing = Math.sin(actor.phase) * actor.gait;
  const clip = new Vector4();
  let complete = true;
  const { data } = points;
  const at = (i: number): number => data[i] ?? 0;
  for (let i = 0; i < points.count * 6; i += 6) {
    const forward = at(i + 3);
    const up = at(i + 4);
    const angle = at(i + 5) * swing;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const dx = at(i) - forward;
    const dy = at(i + 1) - up;
    const z = at(i + 2);
    clip.set(forward + dx * cos - dy * sin, up + dx * sin + dy * cos, z, 1).applyMatrix4(matrix);
    if (clip.w < 0.1) complete = false;
    else callback(0.5 + clip.x / clip.w / 2, 0.5 - clip.y / clip.w / 2);
  }
  return complete;
}

/** Which actor is seen at each pixel: its number (1, 2, …) or 0; rows from the bottom, four bytes a pixel. */
export interface NumberBuffer {
  readonly size: Size;
  readonly bytes: Uint8Array;
}

/**
 * The box of an actor, clipped to the frame.
 * @param number of the actor in the buffer
 * @returns null when nothing of it lies inside the frame
 */
export function truthBox(
  actor: Actor,
  number: number,
  viewProjection: Matrix4,
  seen: NumberBuffer,
): TruthBox | null {
  const outline = outlineOf(actor.shape);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const complete = project(actor, outline.vertices, viewProjection, (x, y) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  const whole = (right - left) * (bottom - top);
  const [x0, y0, x1, y1] = [Math.max(0, left), Math.max(0, top), Math.min(1, right), Math.min(1, bottom)];
  if (!(x1 > x0 && y1 > y0)) return null;
  const inside = ((x1 - x0) * (y1 - y0)) / whole;
  const occlusion = hiddenShare(actor, number, outline.samples, viewProjection, seen);
  const ignored = !complete || y1 - y0 < MIN_HEIGHT || occlusion > MAX_OCCLUSION || inside < MIN_INSIDE;
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0, label: actor.label, occlusion, ignored };
}

function hiddenShare(
  actor: Actor,
  number: number,
  samples: Points,
  viewProjection: Matrix4,
  seen: NumberBuffer,
): number {
  const { width, height } = seen.size;
  let [asked, hidden] = [0, 0];
  project(actor, samples, viewProjection, (x, y) => {
    if (x < 0 || x >= 1 || y < 0 || y >= 1) return;
    asked += 1;
    const pixel = Math.floor((1 - y) * height - 1e-9) * width + Math.floor(x * width);
    if (seen.bytes[pixel * 4] !== number) hidden += 1;
  });
  return asked === 0 ? 1 : hidden / asked;
}
