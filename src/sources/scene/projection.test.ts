import { Matrix4, PerspectiveCamera, Vector3, Vector4 } from 'three';
import { describe, expect, it } from 'vitest';
import { SHAPES, type Actor } from './actors.ts';
import { placement, truthBox, type NumberBuffer } from './projection.ts';
import { ShapeBuilder, type Vec3 } from './shape.ts';

const cube = new ShapeBuilder().box([-1, 0, -1], [1, 2, 1], { color: [1, 1, 1] }).build();

function actorAt(position: Vec3, shape = cube): Actor {
  return {
    label: 'car',
    shape,
    position,
    heading: 0,
    scale: [1, 1, 1],
    tints: [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    phase: 1,
    gait: 1,
    braking: false,
    lightsOn: true,
  };
}

/** Looks along −z from 20 m, 90° vertically, square. */
function viewProjection(): Matrix4 {
  const camera = new PerspectiveCamera(90, 1, 0.5, 500);
  camera.position.set(0, 1, 20);
  camera.lookAt(new Vector3(0, 1, 0));
  camera.updateMatrixWorld(true);
  return camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse);
}

const size = { width: 64, height: 64 };
const allShow = (number: number): NumberBuffer => ({
  size,
  bytes: new Uint8Array(size.width * size.height * 4).fill(number),
});

describe('the box of an actor', () => {
  it('bounds its nearest face', () => {
    const box = truthBox(actorAt([0, 0, 0]), 1, viewProjection(), allShow(1));
    // The face at z = 1 is 19 m away: half of it spans 1 / 19 of half the frame.
    expect(box?.width).toBeCloseTo(1 / 19);
    expect(box?.height).toBeCloseTo(1 / 19);
    expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(0.5);
    expect(box?.ignored).toBe(false);
    expect(box?.occlusion).toBe(0);
  });

  it('is clipped to the frame, and ignored when little of it is inside', () => {
    const box = truthBox(actorAt([20.8, 0, 0]), 1, viewProjection(), allShow(1));
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBe(1);
    expect(box?.ignored).toBe(true);
  });

  it('is none outside the frame', () => {
    expect(truthBox(actorAt([60, 0, 0]), 1, viewProjection(), allShow(1))).toBeNull();
  });

  it('is ignored when something else is seen in its place', () => {
    const box = truthBox(actorAt([0, 0, 0]), 1, viewProjection(), allShow(2));
    expect(box?.occlusion).toBe(1);
    expect(box?.ignored).toBe(true);
  });

  it('is ignored when it is tiny', () => {
    expect(truthBox(actorAt([0, 0, -150]), 1, viewProjection(), allShow(1))?.ignored).toBe(true);
  });

  it('holds every vertex as the shader moves it', () => {
    for (const shape of SHAPES) {
      const actor = actorAt([0.5, 0, 10], shape);
      const matrix = viewProjection().multiply(placement(actor));
      const box = truthBox(actor, 1, viewProjection(), allShow(1));
      if (!box) throw new Error('The actor stands before the camera and has to have a box.');
      let outside = 0;
      const swing = Math.sin(actor.phase) * actor.gait;
      for (let i = 0; i < shape.positions.length; i += 3) {
        const [x = 0, y = 0, z = 0] = shape.positions.subarray(i, i + 3);
        const [forward = 0, up = 0, amplitude = 0] = shape.joints.subarray(i, i + 3);
        const turn = new Matrix4().makeRotationZ(amplitude * swing);
        const local = new Vector3(x - forward, y - up, z).applyMatrix4(turn);
        const clip = new Vector4(local.x + forward, local.y + up, local.z, 1).applyMatrix4(matrix);
        const across = 0.5 + clip.x / clip.w / 2;
        const down = 0.5 - clip.y / clip.w / 2;
        outside = Math.max(outside, box.x - across, across - box.x - box.width);
        outside = Math.max(outside, box.y - down, down - box.y - box.height);
      }
      expect(outside).toBeLessThan(1e-6);
    }
  });
});
