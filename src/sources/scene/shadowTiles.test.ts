import { Matrix4, PerspectiveCamera, Vector3, Vector4 } from 'three';
import { describe, expect, it } from 'vitest';
import { PRESET_CONTENT, SCENE_PRESETS } from '../../domain/experiment.ts';
import { actorsAt } from './actors.ts';
import { lightAt } from './light.ts';
import { buildStreet } from './presets.ts';
import { placement } from './projection.ts';
import { viewFrom } from './scene.ts';
import { SHADOW_GRID, shadowTiles } from './shadowTiles.ts';

const { columns, rows } = SHADOW_GRID;

function viewOf(eye: Vector3, target: Vector3, fieldOfView: number): Matrix4 {
  const camera = new PerspectiveCamera(fieldOfView, 640 / 384, 0.5, 500);
  camera.position.copy(eye);
  camera.lookAt(target);
  camera.updateMatrixWorld(true);
  return camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse);
}

/** The tile of a place in the world; undefined outside the frame. */
function tileOf(world: Vector3, view: Matrix4): number | undefined {
  const clip = new Vector4(world.x, world.y, world.z, 1).applyMatrix4(view);
  if (clip.w <= 0) return undefined;
  const [x, y] = [0.5 + clip.x / clip.w / 2, 0.5 + clip.y / clip.w / 2];
  if (x < 0 || x >= 1 || y < 0 || y >= 1) return undefined;
  return Math.floor(y * rows) * columns + Math.floor(x * columns);
}

describe('the tiles into which shadows may fall', () => {
  it.each(SCENE_PRESETS)('of %s hold every shadow on the ground and on what stands there', (preset) => {
    const street = buildStreet(preset, 3);
    const { eye, target, fieldOfView } = viewFrom(street.camera, 0.5);
    const view = viewOf(new Vector3(...eye), new Vector3(...target), fieldOfView);
    let [asked, missed] = [0, 0];
    // Low and high sun, from several sides.
    for (const [light, seed] of [
      [0.25, 1],
      [0.6, 2],
      [1, 3],
    ] as const) {
      const { sunDirection } = lightAt(light, 0, seed);
      for (const actor of actorsAt(street.lanes, 3, PRESET_CONTENT[preset], 6)) {
        const marked = shadowTiles([actor], sunDirection, view);
        const matrix = placement(actor);
        const { positions } = actor.shape;
        for (let i = 0; i < positions.length; i += 9) {
          const from = new Vector3(positions[i], positions[i + 1], positions[i + 2]).applyMatrix4(matrix);
          for (const share of [0, 0.3, 0.7, 1]) {
            const fall = (share * Math.max(0, from.y)) / sunDirection[1];
            const tile = tileOf(from.clone().addScaledVector(new Vector3(...sunDirection), -fall), view);
            if (tile !== undefined && !marked[tile]) missed += 1;
            if (tile !== undefined) asked += 1;
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(1000);
    expect(missed).toBe(0);
  });

  it('are few beside the whole frame where one person stands', () => {
    const street = buildStreet('plaza', 3);
    const { eye, target, fieldOfView } = viewFrom(street.camera, 0.5);
    const view = viewOf(new Vector3(...eye), new Vector3(...target), fieldOfView);
    const [person] = actorsAt(street.lanes, 3, PRESET_CONTENT.plaza, 6).filter(
      ({ label, position }) => label === 'person' && tileOf(new Vector3(...position), view) !== undefined,
    );
    if (!person) throw new Error('Nobody is on the plaza.');
    const count = shadowTiles([person], [0, 1, 0], view).filter(Boolean).length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(columns * rows * 0.1);
  });

  it('are all where an actor reaches behind the camera, and none without actors', () => {
    const [actor] = actorsAt(buildStreet('plaza', 3).lanes, 3, PRESET_CONTENT.plaza, 6);
    if (!actor) throw new Error('Nobody is on the plaza.');
    const at = new Vector3(...actor.position);
    const inside = viewOf(at.clone().add(new Vector3(0, 0.5, 0)), at.clone().add(new Vector3(1, 0.5, 0)), 50);
    expect(shadowTiles([actor], [0, 1, 0], inside).every(Boolean)).toBe(true);
    // Nearly all of it lies behind: what is there would come out mirrored, and leave tiles unmarked.
    const beside = viewOf(
      at.clone().add(new Vector3(0.6, 0.5, 0.5)),
      at.clone().add(new Vector3(5.6, 0.5, 0.5)),
      50,
    );
    expect(shadowTiles([actor], [0, 1, 0], beside).every(Boolean)).toBe(true);
    expect(shadowTiles([], [0, 1, 0], inside).some(Boolean)).toBe(false);
  });
});
