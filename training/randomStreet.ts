/** A preset's street with another camera and another mix of traffic: what the detectors are trained on. */
import type { ScenePreset } from '../src/domain/experiment.ts';
import type { CameraPose, Street } from '../src/sources/scene/layout.ts';
import type { Lane } from '../src/sources/scene/lane.ts';
import { buildStreet } from '../src/sources/scene/presets.ts';
import { between, hash } from '../src/sources/scene/rng.ts';

/** Keeps these draws apart from the scene's own. */
const KEY = 77;

export function randomStreet(preset: ScenePreset, seed: number): Street {
  const street = buildStreet(preset, seed);
  return { ...street, camera: randomCamera(street.camera, seed), lanes: street.lanes.map(mixed(seed)) };
}

/** Turned about its target, higher or lower, wider or narrower; never from where the preset's own stands. */
function randomCamera({ position, target, fieldOfView }: CameraPose, seed: number): CameraPose {
  const draw = (low: number, high: number, key: number): number => between(low, high, seed, KEY, key);
  const turn = draw(-0.45, 0.45, 0);
  const [x, z] = [position[0] - target[0], position[2] - target[2]];
  const reach = draw(0.85, 1.15, 1);
  return {
    position: [
      target[0] + reach * (x * Math.cos(turn) - z * Math.sin(turn)),
      position[1] * draw(0.65, 1.5, 2),
      target[2] + reach * (x * Math.sin(turn) + z * Math.cos(turn)),
    ],
    target: [target[0] + draw(-3, 3, 3), target[1] + draw(-0.5, 1, 4), target[2] + draw(-3, 3, 5)],
    fieldOfView: fieldOfView * draw(0.8, 1.2, 6),
  };
}

/** More trucks and bicycles and fewer people than the preset has: the classes come nearer to each other. */
const mixed =
  (seed: number) =>
  (lane: Lane, number: number): Lane => {
    const fill = between(0.5, 1, hash(seed, KEY, 10 + number), 1);
    const trucks = between(0.3, 0.6, hash(seed, KEY, 10 + number), 2);
    switch (lane.users) {
      case 'people':
        return { ...lane, fill: lane.fill * fill * 0.75 };
      case 'bicycles':
        return { ...lane, fill: Math.min(1, lane.fill * 1.3) };
      case 'traffic':
        return { ...lane, trucks: Math.max(lane.trucks, trucks) };
    }
  };
