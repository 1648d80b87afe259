import { describe, expect, it } from 'vitest';
import type { TruthBox } from '../../domain/detection.ts';
import {
  PRESET_CONTENT,
  SCENE_PRESETS,
  type SceneContent,
  type ScenePreset,
} from '../../domain/experiment.ts';
import { actorsAt } from './actors.ts';
import { lightAt, type Light } from './light.ts';
import { buildStreet } from './presets.ts';
import { truthBox } from './projection.ts';
import { SceneRenderer } from './renderer.ts';
import { openScene, viewFrom, type Scene } from './scene.ts';

const SIZE = { width: 640, height: 384 };

async function pixelsAt(
  scene: Scene,
  seconds: number,
): Promise<{ pixels: Uint8Array; truth: readonly TruthBox[] }> {
  const shown = await scene.frameAt(seconds);
  if (!shown?.truth) throw new Error('The scene gave no frame or no boxes.');
  const pixels = new Uint8Array(shown.frame.allocationSize());
  await shown.frame.copyTo(pixels);
  shown.frame.close();
  return { pixels, truth: shown.truth };
}

async function once(preset: ScenePreset, seed: number, seconds: number, content: Partial<SceneContent> = {}) {
  const scene = openScene({ preset, seed, content });
  try {
    return await pixelsAt(scene, seconds);
  } finally {
    scene.close();
  }
}

const average = (pixels: Uint8Array): number => pixels.reduce((sum, x) => sum + x, 0) / pixels.length;

describe('the scene', () => {
  it.each(SCENE_PRESETS)('%s gives the same pixels and boxes for the same seed and time', async (preset) => {
    const first = await once(preset, 11, 4.2);
    const second = await once(preset, 11, 4.2);
    expect(second.truth).toEqual(first.truth);
    expect(second.pixels).toEqual(first.pixels);
    expect(first.truth.length).toBeGreaterThan(10);
    const other = await once(preset, 12, 4.2);
    expect(other.pixels).not.toEqual(first.pixels);
  });

  it('gives the same frame whatever was drawn before', async () => {
    const scene = openScene({ preset: 'plaza', seed: 2 });
    await pixelsAt(scene, 1);
    scene.setContent({ light: 0.1, rain: 1, distance: 0.9 });
    await pixelsAt(scene, 1.1);
    scene.setContent(PRESET_CONTENT.plaza);
    const late = await pixelsAt(scene, 3);
    scene.close();
    expect(late.pixels).toEqual((await once('plaza', 2, 3)).pixels);
  });

  it('has frames of its size with the time on them', async () => {
    const scene = openScene({ preset: 'highway', seed: 1 });
    const shown = await scene.frameAt(2.5);
    expect(shown?.seconds).toBe(2.5);
    expect(shown?.frame.timestamp).toBe(2_500_000);
    expect(shown?.frame.displayWidth).toBe(SIZE.width);
    expect(shown?.frame.displayHeight).toBe(SIZE.height);
    shown?.frame.close();
    scene.close();
    await expect(scene.frameAt(3)).rejects.toThrow('closed');
  });

  it('is dark at night and bright at noon', async () => {
    const night = await once('crossing', 1, 2, { light: 0 });
    const noon = await once('crossing', 1, 2, { light: 1 });
    expect(average(noon.pixels)).toBeGreaterThan(1.4 * average(night.pixels));
  });

  it('runs in a worker', async () => {
    const worker = new Worker(new URL('./scene.testWorker.ts', import.meta.url), { type: 'module' });
    const bytes = await new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Uint8Array>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    worker.terminate();
    expect(bytes).toEqual((await once('crossing', 5, 1)).pixels);
  });
});

describe('a box', () => {
  it.each(SCENE_PRESETS)('of %s holds all that its actor changes in the picture', async (preset) => {
    const street = buildStreet(preset, 3);
    const content = { ...PRESET_CONTENT[preset], light: 0.9, rain: 0.5 };
    const actors = actorsAt(street.lanes, 3, content, 6);
    const renderer = new SceneRenderer(street, SIZE);
    // Without a sun no shadow is thrown beyond the box, but the one under the actor.
    const light: Light = { ...lightAt(content.light, content.rain, 3), sun: [0, 0, 0] };
    const view = viewFrom(street.camera, content.distance);
    const draw = (who: typeof actors) => renderer.draw(who, view, light, 0, 1);
    const whole = await draw(actors);
    const pixels = whole.pixels.slice();
    const clear = whole.actors.flatMap((actor, index) => {
      const box = truthBox(actor, index + 1, whole.viewProjection, whole.numbers);
      if (!box || box.occlusion > 0.05 || box.height < 0.08) return [];
      const isCut = box.x === 0 || box.y === 0 || box.x + box.width === 1 || box.y + box.height === 1;
      return isCut ? [] : [{ actor, box }];
    });
    expect(clear.length).toBeGreaterThan(2);
    for (const { actor, box } of clear.slice(0, 6)) {
      const without = await draw(actors.filter((other) => other !== actor));
      const changed = changedBounds(pixels, without.pixels);
      const [left, right] = [box.x * SIZE.width, (box.x + box.width) * SIZE.width];
      const [top, bottom] = [box.y * SIZE.height, (box.y + box.height) * SIZE.height];
      const margin = 3 + 0.15 * Math.max(right - left, bottom - top);
      expect(changed.left).toBeGreaterThan(left - margin);
      expect(changed.right).toBeLessThan(right + margin);
      expect(changed.top).toBeGreaterThan(top - 3);
      expect(changed.bottom).toBeLessThan(bottom + margin);
      // And it is tight: the change reaches every edge.
      expect(changed.left).toBeLessThan(left + 4);
      expect(changed.right).toBeGreaterThan(right - 4);
      expect(changed.top).toBeLessThan(top + 4);
      expect(changed.bottom).toBeGreaterThan(bottom - 4);
    }
    renderer.dispose();
  });
});

function changedBounds(a: Uint8Array, b: Uint8Array) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < a.length; i += 4) {
    const change = [0, 1, 2].reduce((sum, k) => sum + Math.abs((a[i + k] ?? 0) - (b[i + k] ?? 0)), 0);
    if (change < 24) continue;
    const [x, y] = [(i / 4) % SIZE.width, Math.floor(i / 4 / SIZE.width)];
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x + 1);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y + 1);
  }
  return bounds;
}
