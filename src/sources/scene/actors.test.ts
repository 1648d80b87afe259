import { describe, expect, it } from 'vitest';
import { PRESET_CONTENT, SCENE_PRESETS } from '../../domain/experiment.ts';
import { actorsAt, LABELS, SHAPES } from './actors.ts';
import { buildStreet } from './presets.ts';

const describeActors = (preset: (typeof SCENE_PRESETS)[number], seconds: number, density: number, seed = 3) =>
  actorsAt(buildStreet(preset, seed).lanes, seed, { ...PRESET_CONTENT[preset], density }, seconds);

describe.each(SCENE_PRESETS)('the actors of %s', (preset) => {
  it('are the same for the same seed, content and time', () => {
    expect(describeActors(preset, 12.3, 0.6)).toEqual(describeActors(preset, 12.3, 0.6));
  });

  it('are others for another seed', () => {
    expect(describeActors(preset, 12.3, 0.6, 4)).not.toEqual(describeActors(preset, 12.3, 0.6));
  });

  it('grow in number with density: nobody leaves when others come', () => {
    const few = describeActors(preset, 5, 0.3);
    const many = describeActors(preset, 5, 0.9);
    expect(many.length).toBeGreaterThan(few.length);
    const places = new Set(many.map((actor) => actor.position.join()));
    for (const actor of few) expect(places).toContain(actor.position.join());
  });

  it('are nobody at density 0', () => {
    expect(describeActors(preset, 5, 0)).toEqual([]);
  });

  it('move smoothly', () => {
    const [before, after] = [describeActors(preset, 8, 0.7), describeActors(preset, 8.02, 0.7)];
    const there = new Map(before.map((actor) => [JSON.stringify([actor.tints, actor.scale]), actor]));
    let compared = 0;
    for (const actor of after) {
      const same = there.get(JSON.stringify([actor.tints, actor.scale]));
      if (!same) continue;
      compared += 1;
      const moved = Math.hypot(actor.position[0] - same.position[0], actor.position[2] - same.position[2]);
      expect(moved).toBeLessThan(1);
    }
    expect(compared).toBeGreaterThan(before.length / 2);
  });

  it('have known labels and shapes that the renderer has', () => {
    for (const actor of describeActors(preset, 5, 1)) {
      expect(LABELS).toContain(actor.label);
      expect(SHAPES).toContain(actor.shape);
    }
  });
});

it('keeps vehicles of one lane apart', () => {
  for (const preset of SCENE_PRESETS) {
    const { lanes } = buildStreet(preset, 9);
    for (const lane of lanes.filter((each) => each.users === 'traffic')) {
      const content = { ...PRESET_CONTENT[preset], density: 1 };
      const along = actorsAt([lane], 9, content, 40)
        .map((actor) => actor.position)
        .sort((a, b) => a[0] - b[0] || a[2] - b[2]);
      for (let i = 0; i + 1 < along.length; i++) {
        const [a, b] = [along[i], along[i + 1]];
        if (a && b) expect(Math.hypot(a[0] - b[0], a[2] - b[2])).toBeGreaterThan(4.6);
      }
    }
  }
});

it('brings out umbrellas in the rain', () => {
  const { lanes } = buildStreet('night-rain', 1);
  const shapes = (rain: number) =>
    new Set(actorsAt(lanes, 1, { ...PRESET_CONTENT['night-rain'], rain }, 3).map((actor) => actor.shape));
  expect(shapes(1)).not.toEqual(shapes(0));
});
