/** What the scene draws in one call each: the actors of one shape, soft spots, tiles of the frame. */
import * as THREE from 'three';
import { mergeVertices } from 'three/addons/utils/BufferGeometryUtils.js';
import type { Actor } from './actors.ts';
import { placement } from './projection.ts';
import { SHADOW_GRID } from './shadowTiles.ts';
import type { Shape } from './shape.ts';
import type { Spot } from './spots.ts';

/** Actor numbers have to fit into a byte. */
export const MAX_ACTORS = 255;
const MAX_SPOTS = 1024;

/** Vertices that differ by less in every attribute are one. */
const SAME_VERTEX = 1e-6;
/** Two triangles that fill a unit square. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
  [1, 1],
  [0, 1],
] as const;

/** All actors of one shape. */
export class Crowd {
  readonly mesh: THREE.InstancedMesh;
  readonly casters: THREE.InstancedMesh;
  private readonly tints: readonly THREE.InstancedBufferAttribute[];
  private readonly state: THREE.InstancedBufferAttribute;

  constructor(shape: Shape, surface: THREE.Material, caster: THREE.Material) {
    const geometry = geometryOf(shape);
    this.tints = ['tintA', 'tintB', 'tintC'].map((name) => {
      const attribute = new THREE.InstancedBufferAttribute(new Float32Array(MAX_ACTORS * 3), 3);
      geometry.setAttribute(name, attribute);
      return attribute;
    });
    this.state = new THREE.InstancedBufferAttribute(new Float32Array(MAX_ACTORS * 4), 4);
    geometry.setAttribute('state', this.state);
    this.mesh = still(new THREE.InstancedMesh(geometry, surface, MAX_ACTORS));
    this.casters = still(new THREE.InstancedMesh(geometry, caster, MAX_ACTORS));
    this.casters.instanceMatrix = this.mesh.instanceMatrix;
  }

  clear(): void {
    this.mesh.count = 0;
  }

  add(actor: Actor, number: number): void {
    const index = this.mesh.count++;
    this.mesh.setMatrixAt(index, placement(actor));
    actor.tints.forEach((tint, i) => this.tints[i]?.setXYZ(index, ...tint));
    const lights = actor.braking ? 2 : actor.lightsOn ? 1 : 0;
    this.state.setXYZW(index, actor.phase % (2 * Math.PI), actor.gait, number / 255, lights);
  }

  commit(): void {
    this.casters.count = this.mesh.count;
    this.mesh.visible = this.casters.visible = this.mesh.count > 0;
    for (const attribute of [...this.tints, this.state, this.mesh.instanceMatrix])
      attribute.needsUpdate = true;
  }
}

export class SpotMesh {
  readonly mesh: THREE.InstancedMesh;
  private readonly spots: THREE.InstancedBufferAttribute;

  constructor(material: THREE.Material) {
    const square = new THREE.BufferGeometry();
    const corners = [-1, 0, -1, -1, 0, 1, 1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0, -1];
    square.setAttribute('position', new THREE.BufferAttribute(new Float32Array(corners), 3));
    this.spots = new THREE.InstancedBufferAttribute(new Float32Array(MAX_SPOTS * 4), 4);
    square.setAttribute('spot', this.spots);
    this.mesh = still(new THREE.InstancedMesh(square, material, MAX_SPOTS));
  }

  fill(spots: readonly Spot[]): void {
    spots.slice(0, MAX_SPOTS).forEach((spot, index) => {
      this.mesh.setMatrixAt(index, spot.matrix);
      this.spots.setXYZW(index, ...spot.color, spot.flatness);
    });
    this.mesh.count = Math.min(spots.length, MAX_SPOTS);
    this.mesh.visible = this.mesh.count > 0;
    this.mesh.instanceMatrix.needsUpdate = true;
    this.spots.needsUpdate = true;
  }
}

/** Some tiles of the frame, in one draw: software renderers take instances one by one. */
export class TileMesh {
  readonly mesh: THREE.Mesh;
  private readonly geometry = new THREE.BufferGeometry();
  private readonly corners = new THREE.BufferAttribute(
    new Float32Array(SHADOW_GRID.columns * SHADOW_GRID.rows * CORNERS.length * 3),
    3,
  );

  constructor(material: THREE.Material) {
    this.geometry.setAttribute('position', this.corners);
    this.mesh = still(new THREE.Mesh(this.geometry, material));
    this.mesh.renderOrder = -1;
  }

  /** @param holds does it hold the tile of this number, counted row by row from the bottom left? */
  fill(holds: (tile: number) => boolean): void {
    const { columns, rows } = SHADOW_GRID;
    let count = 0;
    for (let tile = 0; tile < columns * rows; tile += 1) {
      if (!holds(tile)) continue;
      const [column, row] = [tile % columns, Math.floor(tile / columns)];
      for (const [x, y] of CORNERS) this.corners.setXYZ(count++, column + x, row + y, 0);
    }
    this.geometry.setDrawRange(0, count);
    this.mesh.visible = count > 0;
    this.corners.needsUpdate = true;
  }
}

/** The renderer must not skip what its own bounds do not know to be in view. */
export function still<T extends THREE.Object3D>(object: T): T {
  object.frustumCulled = false;
  object.matrixAutoUpdate = false;
  return object;
}

/** Vertices that triangles share are moved once: moving them is most of what actors cost a software renderer. */
export function geometryOf(shape: Shape): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.BufferAttribute(shape.positions, 3));
  geometry.setAttribute('normal', new THREE.BufferAttribute(shape.normals, 3));
  geometry.setAttribute('color', new THREE.BufferAttribute(shape.colors, 3));
  geometry.setAttribute('paint', new THREE.BufferAttribute(shape.paints, 1));
  geometry.setAttribute('joint', new THREE.BufferAttribute(shape.joints, 3));
  return mergeVertices(geometry, SAME_VERTEX);
}

export function screenTriangle(): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry();
  const corners = [-1, -1, 0, 3, -1, 0, -1, 3, 0];
  geometry.setAttribute('position', new THREE.BufferAttribute(new Float32Array(corners), 3));
  return geometry;
}
