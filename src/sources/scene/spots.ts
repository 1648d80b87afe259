/** Soft spots: contact shadows under the actors, headlight beams, glows of lamps and their image on a wet road. */
import { Matrix4, Vector3 } from 'three';
import type { Actor } from './actors.ts';
import type { Light } from './light.ts';
import { placement } from './projection.ts';
import type { Vec3 } from './shape.ts';

export interface Spot {
  /** Of a square from −1 to 1 in x and z. */
  readonly matrix: Matrix4;
  readonly color: Vec3;
  /** 1: lies on the ground; 0: faces the camera, its height in the matrix's y scale. */
  readonly flatness: 0 | 1;
}

/** Half length and half width of what an actor covers, metres, by its bounds along its own axes. */
const footprints = new WeakMap<object, readonly [number, number]>();

function footprint(actor: Actor): readonly [number, number] {
  const known = footprints.get(actor.shape);
  if (known) return known;
  let [length, width] = [0, 0];
  const p = actor.shape.positions;
  for (let i = 0; i < p.length; i += 3) {
    if ((p[i + 1] ?? 0) > 1.3) continue;
    length = Math.max(length, Math.abs(p[i] ?? 0));
    width = Math.max(width, Math.abs(p[i + 2] ?? 0));
  }
  footprints.set(actor.shape, [length, width]);
  return [length, width];
}

/** What darkens the ground under each actor. */
export function contactShadows(actors: readonly Actor[]): Spot[] {
  return actors.map((actor) => {
    const [length, width] = footprint(actor);
    const isVehicle = actor.label === 'car' || actor.label === 'truck';
    const local = new Matrix4()
      .makeScale(length * 1.12 + 0.06, 1, width * 1.25 + 0.06)
      .setPosition(0, 0.035, 0);
    const strength = isVehicle ? 0.8 : 0.5;
    return {
      matrix: placement(actor).multiply(local),
      color: [strength, strength, strength] as const,
      flatness: 1 as const,
    };
  });
}

const HEADLIGHT: Vec3 = [1, 0.92, 0.76];
const TAILLIGHT: Vec3 = [1, 0.08, 0.05];

/** Beams, glows and reflections; none by day. */
export function glows(actors: readonly Actor[], lamps: readonly Vec3[], light: Light, eye: Vec3): Spot[] {
  if (light.lamps < 0.02) return [];
  const spots: Spot[] = [];
  const camera = new Vector3(...eye);
  const glow = (at: Vector3, color: Vec3, strength: number, radius: number): void => {
    const s = strength * light.lamps;
    const tinted: Vec3 = [color[0] * s, color[1] * s, color[2] * s];
    spots.push({ matrix: spotAt(at, radius, radius), color: tinted, flatness: 0 });
    if (light.wetness < 0.05 || at.y <= 0) return;
    // The mirror image is seen where the line from the eye to the point below the ground meets the ground.
    const share = camera.y / (camera.y + at.y);
    const below = new Vector3(at.x, -at.y, at.z);
    const seen = camera.clone().lerp(below, share).setY(0.03);
    const w = 0.55 * light.wetness;
    const streak: Vec3 = [tinted[0] * w, tinted[1] * w, tinted[2] * w];
    spots.push({ matrix: spotAt(seen, radius * 0.55, radius * 2.1), color: streak, flatness: 0 });
  };
  for (const actor of actors) {
    const isVehicle = actor.label === 'car' || actor.label === 'truck';
    if (!isVehicle) continue;
    const [length, width] = footprint(actor);
    const matrix = placement(actor);
    const forward = new Vector3(1, 0, 0).transformDirection(matrix);
    const beam = new Matrix4().makeScale(6, 1, width * 1.9).setPosition(length + 4.6, 0.04, 0);
    const b = 0.2 * light.lamps;
    if (actor.lightsOn) {
      spots.push({
        matrix: matrix.clone().multiply(beam),
        color: [HEADLIGHT[0] * b, HEADLIGHT[1] * b, HEADLIGHT[2] * b],
        flatness: 1,
      });
      for (const side of [-1, 1]) {
        const front = new Vector3(length + 0.05, 0.68, side * width * 0.7).applyMatrix4(matrix);
        const back = new Vector3(-length - 0.05, 0.85, side * width * 0.75).applyMatrix4(matrix);
        if (camera.clone().sub(front).dot(forward) > 0) glow(front, HEADLIGHT, 0.75, 0.55);
        if (camera.clone().sub(back).dot(forward) < 0)
          glow(back, TAILLIGHT, actor.braking ? 0.6 : 0.35, 0.32);
      }
    }
  }
  for (const lamp of lamps) glow(new Vector3(...lamp), [1, 0.76, 0.48], 0.5, 0.9);
  return spots;
}

const spotAt = (at: Vector3, width: number, height: number): Matrix4 =>
  new Matrix4().makeScale(width, height, width).setPosition(at);
