/** What a preset lays out: where the camera hangs, where traffic goes, and what stands around. */
import type { Lane } from './lane.ts';
import type { Shape, Vec3 } from './shape.ts';
import type { LampPosition } from './street.ts';

export interface CameraPose {
  /** Where it hangs at distance 0.5, metres; the distance slider moves it along its line of sight. */
  readonly position: Vec3;
  readonly target: Vec3;
  /** Vertical field of view, degrees. */
  readonly fieldOfView: number;
}

export interface Street {
  readonly camera: CameraPose;
  readonly lanes: readonly Lane[];
  readonly fixed: Shape;
  readonly lamps: readonly LampPosition[];
}
