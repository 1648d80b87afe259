/** What the share of changed pixels is within real clips and our scenes, and between them: the figures in cut.ts. */
import { expect, it } from 'vitest';
import { SCENE_PRESETS } from '../domain/experiment.ts';
import type { Source } from '../domain/source.ts';
import { sharedAsset } from '../detectors/testPictures.ts';
import { openClip } from '../sources/clip.ts';
import { openScene } from '../sources/scene/index.ts';
import { isCut } from './cut.ts';
import { lumaOf, type Luma } from './frameFilter/luma.ts';
import { pixelDifference } from './frameFilter/pixelFeature.ts';
import { createScaler } from './pixels.ts';

const CLIPS = [
  'bottles',
  'car-topdown',
  'dashcam-highway-test',
  'dashcam-highway1',
  'dashcam-highway2',
  'dog-and-woman',
  'juggle',
  'person-one-by-one',
  'plaza-pedestrians',
  'street-traffic',
];
const CLIP_SECONDS = 10;
/** Three rides on motorways that look alike: from one to another less changes than at a cut, and nothing has to start anew. */
const isRide = (name: string): boolean => name.startsWith('dashcam');
/** The scene is slow to draw in software, and steady. */
const SCENE_SECONDS = 1;
const SIZE = { width: 160, height: 90 };
const scaler = createScaler(SIZE);

async function framesOf(source: Source, seconds: number): Promise<Luma[]> {
  const frames: Luma[] = [];
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    const shown = await source.frameAt(tick / 10);
    if (!shown) break;
    frames.push(lumaOf(scaler.pixels(shown.frame), SIZE));
    shown.frame.close();
  }
  source.close();
  return frames;
}

async function clipFrames(name: string): Promise<Luma[]> {
  const url = await sharedAsset(`clips/${name}.mp4`);
  if (url === null) return [];
  return framesOf(await openClip(await (await fetch(url)).blob(), name), CLIP_SECONDS);
}

it('no frame within a clip or a scene is a cut, and every step from one to another is', async () => {
  const places = new Map<string, Luma[]>();
  for (const preset of SCENE_PRESETS)
    places.set(preset, await framesOf(openScene({ preset, seed: 1 }), SCENE_SECONDS));
  for (const name of CLIPS) {
    const frames = await clipFrames(name);
    if (frames.length > 0) places.set(name, frames);
  }

  const within = [...places].flatMap(([name, frames]) =>
    frames.slice(1).map((now, i) => ({ name, before: frames[i] ?? now, now })),
  );
  const between = [...places].flatMap(([from, frames]) =>
    [...places].flatMap(([to, [now]]) => {
      const before = frames.at(-1);
      return from === to || (isRide(from) && isRide(to)) || !before || !now
        ? []
        : [{ name: `${from} to ${to}`, before, now }];
    }),
  );
  const share = ({ before, now }: { before: Luma; now: Luma }): number => pixelDifference(before, now);
  const byShare = [within, between].map((steps) => steps.toSorted((a, b) => share(a) - share(b)));
  const [most, least] = [byShare[0]?.at(-1), byShare[1]?.[0]];
  for (const step of [most, least]) if (step) console.info(`${step.name}: ${share(step).toFixed(2)}`);
  // The figures in cut.ts.
  if (most) expect(share(most)).toBeLessThan(0.42);
  if (least) expect(share(least)).toBeGreaterThan(0.53);

  const isOne = ({ before, now }: { before: Luma; now: Luma }): boolean => isCut(before, now);
  expect(within.filter(isOne).map(({ name }) => name)).toEqual([]);
  expect(between.filter((step) => !isOne(step)).map(({ name }) => name)).toEqual([]);
});
