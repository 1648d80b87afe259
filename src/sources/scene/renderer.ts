/**
 * Draws the scene with three.js. What stands still is drawn only when view or light change, once with the sun and
 * once without; a frame lays it out, lets the actors' shadows fall on it, draws the actors with their numbers, soft
 * spots, and last the camera's faults.
 */
import * as THREE from 'three';
import type { Size } from '../../domain/size.ts';
import { SHAPES, type Actor } from './actors.ts';
import { GRAIN_SIDE, grainPixels } from './grain.ts';
import type { Light } from './light.ts';
import { Crowd, geometryOf, MAX_ACTORS, screenTriangle, SpotMesh, still, TileMesh } from './meshes.ts';
import { mayBeSeen, type NumberBuffer } from './projection.ts';
import * as glsl from './shaders.ts';
import { SHADOW_GRID, shadowTiles } from './shadowTiles.ts';
import { byPaint, type Vec3 } from './shape.ts';
import { contactShadows, glows } from './spots.ts';
import type { Street } from './layout.ts';

/** Pixels drawn for each pixel of the frame, along each side. */
const OVERSAMPLING = 1.25;
const SUN_MAP_SIDE = 1024;
/** Half the side of the square, around the camera's target, in which the sun throws shadows; metres. */
const SUN_REACH = 52;
const CONTEXT_LOST = 'The browser took the graphics context of the scene away. Start the run again.';

export interface View {
  readonly eye: Vec3;
  readonly target: Vec3;
  /** Vertical, degrees. */
  readonly fieldOfView: number;
}

export interface Picture {
  /** Those that were drawn; number 1 in the buffer of numbers is the first. */
  readonly actors: readonly Actor[];
  /** RGBA, rows from the top. */
  readonly pixels: Uint8Array;
  readonly numbers: NumberBuffer;
  readonly viewProjection: THREE.Matrix4;
}

export class SceneRenderer {
  private readonly gl: THREE.WebGLRenderer;
  private readonly street: Street;
  private readonly size: Size;
  /** What stands still: lit, and in the actors' shadow. */
  private readonly backdrop: THREE.WebGLRenderTarget;
  /** All of it: colour, and actor numbers. */
  private readonly drawn: THREE.WebGLRenderTarget;
  private readonly developed: THREE.WebGLRenderTarget;
  private readonly sunFixed = sunTarget(SUN_MAP_SIDE * 2);
  private readonly sunActors = sunTarget(SUN_MAP_SIDE);
  private readonly fixedWorld = new THREE.Scene();
  private readonly world = new THREE.Scene();
  private readonly fixedCasters = new THREE.Scene();
  private readonly actorCasters = new THREE.Scene();
  private readonly lens = new THREE.Scene();
  private readonly camera = new THREE.PerspectiveCamera();
  private readonly crowds: Crowd[];
  private readonly openTiles: TileMesh;
  private readonly shadowedTiles: TileMesh;
  private readonly shadows: SpotMesh;
  private readonly glows: SpotMesh;
  private readonly uniforms: Record<string, THREE.IUniform>;
  private readonly pixels: Uint8Array;
  private readonly numberBytes: Uint8Array;
  private readonly materials: THREE.RawShaderMaterial[] = [];
  private backdropKey = '';
  private switchesKey = '';

  constructor(street: Street, size: Size) {
    this.street = street;
    this.size = size;
    this.gl = new THREE.WebGLRenderer({ canvas: new OffscreenCanvas(1, 1), antialias: false, depth: false });
    this.gl.autoClear = false;
    this.gl.outputColorSpace = THREE.LinearSRGBColorSpace;
    const width = Math.round(size.width * OVERSAMPLING);
    const height = Math.round(size.height * OVERSAMPLING);
    this.drawn = new THREE.WebGLRenderTarget(width, height, { count: 2 });
    const depthTexture = new THREE.DepthTexture(width, height, THREE.UnsignedIntType);
    this.backdrop = new THREE.WebGLRenderTarget(width, height, { count: 2, depthTexture });
    for (const texture of [this.drawn.textures[1], ...this.backdrop.textures]) {
      if (texture) texture.minFilter = texture.magFilter = THREE.NearestFilter;
    }
    this.developed = new THREE.WebGLRenderTarget(size.width, size.height, { depthBuffer: false });
    this.pixels = new Uint8Array(size.width * size.height * 4);
    this.numberBytes = new Uint8Array(width * height * 4);
    this.uniforms = this.makeUniforms();

    const sky = this.screenMesh(glsl.SKY_VERTEX, glsl.SKY_FRAGMENT);
    this.fixedWorld.add(sky);
    const sun = this.material(glsl.SUN_VERTEX, glsl.SUN_FRAGMENT);
    for (const [paint, shape] of byPaint(street.fixed)) {
      const geometry = geometryOf(shape);
      const look = this.material(glsl.SURFACE_VERTEX, glsl.SURFACE_FRAGMENT, { PAINT: String(paint) });
      this.fixedWorld.add(still(new THREE.Mesh(geometry, look)));
      this.fixedCasters.add(still(new THREE.Mesh(geometry, sun)));
    }
    this.openTiles = new TileMesh(this.screenMaterial(glsl.BACKDROP_VERTEX, glsl.BACKDROP_FRAGMENT));
    this.shadowedTiles = new TileMesh(
      this.screenMaterial(glsl.BACKDROP_VERTEX, glsl.BACKDROP_FRAGMENT, { SHADOWED: '' }),
    );
    this.world.add(this.openTiles.mesh, this.shadowedTiles.mesh);
    const surface = this.material(glsl.SURFACE_VERTEX, glsl.SURFACE_FRAGMENT, { ACTOR: '' });
    const caster = this.material(glsl.SUN_VERTEX, glsl.SUN_FRAGMENT, { ACTOR: '' });
    this.crowds = SHAPES.map((shape) => new Crowd(shape, surface, caster));
    for (const crowd of this.crowds) {
      this.world.add(crowd.mesh);
      this.actorCasters.add(crowd.casters);
    }
    this.shadows = new SpotMesh(this.spotMaterial(true));
    this.glows = new SpotMesh(this.spotMaterial(false));
    // Contact shadows lie under the actors, glows over everything.
    this.shadows.mesh.renderOrder = 1;
    this.crowds.forEach((crowd) => (crowd.mesh.renderOrder = 2));
    this.glows.mesh.renderOrder = 3;
    this.world.add(this.shadows.mesh, this.glows.mesh);
    this.lens.add(this.screenMesh(glsl.CAMERA_VERTEX, glsl.CAMERA_FRAGMENT));
    for (const target of [this.sunFixed, this.sunActors]) this.gl.initRenderTarget(target);
  }

  /**
   * One call at a time; the worker can do something else while the graphics card draws.
   * @param frameKey 32 bits that decide the noise and the rain drops of this frame
   * @returns a picture whose pixels and numbers the next call overwrites
   */
  async draw(
    actors: readonly Actor[],
    view: View,
    light: Light,
    rain: number,
    frameKey: number,
  ): Promise<Picture> {
    if (this.gl.getContext().isContextLost()) throw new Error(CONTEXT_LOST);
    const viewProjection = this.aim(view);
    const frustum = new THREE.Frustum().setFromProjectionMatrix(viewProjection);
    const shown = actors.filter((actor) => mayBeSeen(actor, frustum)).slice(0, MAX_ACTORS);
    this.fillCrowds(shown);
    this.shadows.fill(contactShadows(shown));
    this.glows.fill(glows(shown, this.street.lamps, light, view.eye));
    this.setLight(light, rain, frameKey);
    const hasSun = light.sun[0] > 0.02;
    this.define({ SUN: hasSun, LAMPS: light.lamps > 0.01, RAIN: rain > 0.01 });
    const sun = this.aimSun(light, view.target, viewProjection);
    const key = JSON.stringify([view, light]);
    if (key !== this.backdropKey) {
      this.backdropKey = key;
      if (hasSun) this.drawInto(this.sunFixed, this.fixedCasters, sun);
      this.drawInto(this.backdrop, this.fixedWorld, this.camera);
    }
    if (hasSun) this.drawInto(this.sunActors, this.actorCasters, sun);
    const isShadowed = hasSun ? shadowTiles(shown, light.sunDirection, viewProjection) : [];
    this.openTiles.fill((tile) => !isShadowed[tile]);
    this.shadowedTiles.fill((tile) => isShadowed[tile] === true);
    this.drawInto(this.drawn, this.world, this.camera);
    this.drawInto(this.developed, this.lens, this.camera);
    const { width, height } = this.drawn;
    await Promise.all([
      this.gl.readRenderTargetPixelsAsync(
        this.developed,
        0,
        0,
        this.size.width,
        this.size.height,
        this.pixels,
      ),
      this.gl.readRenderTargetPixelsAsync(this.drawn, 0, 0, width, height, this.numberBytes, undefined, 1),
    ]).catch((error: unknown) => {
      throw new Error(CONTEXT_LOST, { cause: error });
    });
    return {
      actors: shown,
      pixels: this.pixels,
      numbers: { size: { width, height }, bytes: this.numberBytes },
      viewProjection,
    };
  }

  dispose(): void {
    const targets = [this.backdrop, this.drawn, this.developed, this.sunFixed, this.sunActors];
    for (const target of targets) target.dispose();
    this.gl.dispose();
    this.gl.forceContextLoss();
  }

  private aim(view: View): THREE.Matrix4 {
    const { camera } = this;
    camera.fov = view.fieldOfView;
    camera.aspect = this.size.width / this.size.height;
    camera.near = 0.5;
    camera.far = 500;
    camera.position.set(...view.eye);
    camera.lookAt(new THREE.Vector3(...view.target));
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld(true);
    const viewProjection = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse);
    this.set('viewProjection', viewProjection);
    this.set('inverseViewProjection', viewProjection.clone().invert());
    this.set('eye', camera.position.clone());
    this.set('right', new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 0));
    return viewProjection;
  }

  private fillCrowds(actors: readonly Actor[]): void {
    for (const crowd of this.crowds) crowd.clear();
    actors.forEach((actor, index) => this.crowds[SHAPES.indexOf(actor.shape)]?.add(actor, index + 1));
    for (const crowd of this.crowds) crowd.commit();
  }

  private setLight(light: Light, rain: number, frameKey: number): void {
    this.set('sunDirection', new THREE.Vector3(...light.sunDirection));
    this.set('sun', new THREE.Vector3(...light.sun));
    this.set('skyAbove', new THREE.Vector3(...light.skyAbove));
    this.set('skyHorizon', new THREE.Vector3(...light.skyHorizon));
    this.set('bounce', new THREE.Vector3(...light.bounce));
    this.set('lampLight', light.lamps);
    this.set('wetness', light.wetness);
    this.set('haze', light.haze);
    this.set('exposure', light.exposure);
    this.set('noise', light.noise);
    this.set('night', light.lamps);
    this.set('rain', rain);
    this.set('frameKey', frameKey >>> 0);
  }

  private aimSun(light: Light, target: Vec3, viewProjection: THREE.Matrix4): THREE.Camera {
    const sun = new THREE.OrthographicCamera(-SUN_REACH, SUN_REACH, SUN_REACH, -SUN_REACH, 1, 260);
    const centre = new THREE.Vector3(target[0], 0, target[2]);
    sun.position.copy(centre).addScaledVector(new THREE.Vector3(...light.sunDirection), 130);
    sun.lookAt(centre);
    sun.updateMatrixWorld(true);
    const projection = sun.projectionMatrix.clone().multiply(sun.matrixWorldInverse);
    this.set('sunProjection', projection);
    this.set('screenToSun', projection.clone().multiply(viewProjection.clone().invert()));
    return sun;
  }

  private drawInto(target: THREE.WebGLRenderTarget, scene: THREE.Scene, camera: THREE.Camera): void {
    this.gl.setRenderTarget(target);
    this.gl.clear();
    this.gl.render(scene, camera);
  }

  /** Recompiles the materials whose switches have changed; programs once made are kept by three. */
  private define(switches: Readonly<Record<string, boolean>>): void {
    const key = JSON.stringify(switches);
    if (key === this.switchesKey) return;
    this.switchesKey = key;
    for (const material of this.materials) {
      for (const [name, on] of Object.entries(switches)) {
        if (on) material.defines[name] = '';
        else Reflect.deleteProperty(material.defines, name);
      }
      material.needsUpdate = true;
    }
  }

  private set(name: string, value: unknown): void {
    const uniform = this.uniforms[name];
    if (!uniform) throw new Error(`The shaders of the scene have no uniform "${name}".`);
    uniform.value = value;
  }

  private makeUniforms(): Record<string, THREE.IUniform> {
    const grain = new THREE.DataTexture(grainPixels(), GRAIN_SIDE, GRAIN_SIDE);
    grain.wrapS = grain.wrapT = THREE.RepeatWrapping;
    grain.magFilter = THREE.LinearFilter;
    grain.minFilter = THREE.LinearMipmapLinearFilter;
    grain.generateMipmaps = true;
    grain.needsUpdate = true;
    const lamps = Array.from(
      { length: glsl.MAX_LAMPS },
      (_, i) => new THREE.Vector3(...(this.street.lamps[i] ?? ([0, -1000, 0] as const))),
    );
    const names =
      'viewProjection inverseViewProjection sunProjection screenToSun eye right sunDirection sun skyAbove skyHorizon';
    const others = 'bounce lampLight wetness haze exposure noise night rain frameKey';
    return {
      ...Object.fromEntries(`${names} ${others}`.split(' ').map((name) => [name, { value: 0 }])),
      lampPositions: { value: lamps },
      grain: { value: grain },
      sunFixed: { value: this.sunFixed.depthTexture },
      sunActors: { value: this.sunActors.depthTexture },
      fixedLit: { value: this.backdrop.textures[0] },
      fixedShaded: { value: this.backdrop.textures[1] },
      fixedDepth: { value: this.backdrop.depthTexture },
      picture: { value: this.drawn.textures[0] },
      texel: { value: new THREE.Vector2(1 / this.size.width, 1 / this.size.height) },
      tileGrid: { value: new THREE.Vector2(SHADOW_GRID.columns, SHADOW_GRID.rows) },
    };
  }

  private material(
    vertexShader: string,
    fragmentShader: string,
    defines: Record<string, string> = {},
  ): THREE.RawShaderMaterial {
    const material = new THREE.RawShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader,
      fragmentShader,
      defines: { ...defines },
      uniforms: this.uniforms,
    });
    this.materials.push(material);
    return material;
  }

  private spotMaterial(darken: boolean): THREE.RawShaderMaterial {
    const material = this.material(glsl.SPOT_VERTEX, glsl.SPOT_FRAGMENT, darken ? { DARKEN: '' } : {});
    material.depthWrite = false;
    material.side = THREE.DoubleSide;
    material.blending = THREE.CustomBlending;
    material.blendEquation = THREE.AddEquation;
    // Darkening multiplies, glowing adds; either leaves the actor numbers as they are.
    material.blendSrc = darken ? THREE.ZeroFactor : THREE.OneFactor;
    material.blendDst = darken ? THREE.SrcColorFactor : THREE.OneFactor;
    return material;
  }

  /** Of something that covers the target and is drawn first. */
  private screenMaterial(
    ...[vertexShader, fragmentShader, defines]: Parameters<SceneRenderer['material']>
  ): THREE.RawShaderMaterial {
    const material = this.material(vertexShader, fragmentShader, defines);
    material.depthFunc = THREE.AlwaysDepth;
    return material;
  }

  private screenMesh(vertexShader: string, fragmentShader: string): THREE.Mesh {
    const mesh = still(new THREE.Mesh(screenTriangle(), this.screenMaterial(vertexShader, fragmentShader)));
    mesh.renderOrder = -1;
    return mesh;
  }
}

function sunTarget(side: number): THREE.WebGLRenderTarget {
  const depthTexture = new THREE.DepthTexture(side, side, THREE.UnsignedIntType);
  depthTexture.compareFunction = THREE.LessEqualCompare;
  depthTexture.minFilter = depthTexture.magFilter = THREE.LinearFilter;
  return new THREE.WebGLRenderTarget(side, side, { depthTexture });
}
