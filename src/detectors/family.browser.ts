/** Our own detectors on the street that they were trained for: exits, other input sizes. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { f1AgainstTruth } from '../domain/accuracy.ts';
import { FAMILY as MEMBERS } from '../domain/serverKnobs.ts';
import type { Size } from '../domain/size.ts';
import { selectBackend } from './backend.ts';
import type { DetectorCard } from '../domain/card.ts';
import type { Detector } from './detector.ts';
import { loadDetector } from './loadDetector.ts';
import { streetFrame, type StreetFrame } from '../sources/scene/testStreet.ts';

const quiet = (): void => undefined;
const FAMILY = MEMBERS.map(({ name }) => name);
/** Input sizes without reloading: multiples of 32, near the scene's 5 : 3. */
const SIZES: readonly Size[] = [
  { width: 320, height: 192 },
  { width: 384, height: 224 },
  { width: 480, height: 288 },
  { width: 640, height: 384 },
];
let detector: Detector | undefined;
let shown: StreetFrame | undefined;

async function open(name: string): Promise<[Detector, StreetFrame]> {
  expect((await selectBackend('wasm')).fallback).toBeNull();
  detector = await loadDetector(name, undefined, quiet);
  shown = await streetFrame();
  return [detector, shown];
}

const accuracyOf = async (at: Detector, frame: StreetFrame): Promise<number> =>
  f1AgainstTruth((await at.detect(frame.pixels(at.inputSize))).detections, frame.truth);

afterEach(() => {
  detector?.dispose();
  shown?.close();
  expect(tf.memory().numTensors).toBe(0);
});

const cardOf = async (name: string): Promise<DetectorCard> =>
  (await (await fetch(`/models/${name}/card.json`)).json()) as DetectorCard;

describe('the family', () => {
  it('gets better as it costs more', async () => {
    const cards = await Promise.all(FAMILY.map(cardOf));
    const rising = (values: readonly number[]): boolean =>
      values.every((value, i) => i === 0 || value > (values[i - 1] ?? Infinity));
    expect(cards.every(({ labels }) => labels.join() === 'car,truck,person,bicycle')).toBe(true);
    expect(rising(cards.map(({ multiplyAdds }) => multiplyAdds ?? 0))).toBe(true);
    expect(cards.map(({ multiplyAdds = 0, input }) => multiplyAdds / (input.width * input.height))).toEqual(
      MEMBERS.map(({ multiplyAddsPerPixel }) => multiplyAddsPerPixel),
    );
    expect(rising(cards.map(({ accuracy }) => accuracy?.AP50 ?? 0))).toBe(true);
    expect(cards[0]?.accuracy?.AP50).toBeGreaterThanOrEqual(0.55);
    expect(cards.at(-1)?.accuracy?.AP50).toBeGreaterThanOrEqual(0.8);
  });

  it.each(FAMILY)('%s is at most 2 MB', async (name) => {
    const files = ['model.json', 'weights.bin'].map(async (file) =>
      (await fetch(`/models/${name}/${file}`)).arrayBuffer(),
    );
    const bytes = (await Promise.all(files)).reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThanOrEqual(2e6);
  });

  it.each(FAMILY)('%s finds what is on the street', async (name) => {
    const [opened, frame] = await open(name);
    const f1 = await accuracyOf(opened, frame);
    console.info(`${name}: F1 ${f1.toFixed(2)} against the scene's boxes`);
    expect(f1).toBeGreaterThan(0.35);
  });

  it.each(FAMILY)('%s takes every input size without loading again', async (name) => {
    const [opened, frame] = await open(name);
    const before = tf.memory().numTensors;
    for (const inputSize of SIZES) {
      const resized = opened.at({ inputSize });
      expect(resized.inputSize).toEqual(inputSize);
      expect(resized.scoreCount).toBe((inputSize.width / 8) * (inputSize.height / 8) * 4);
      expect(await accuracyOf(resized, frame)).toBeGreaterThan(0.25);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the largest as an anytime network', () => {
  it('has a list of boxes at every exit, for more and more work', async () => {
    const [opened, frame] = await open('street-large');
    expect(opened.exits).toBe(4);
    const kernels: number[] = [];
    for (let exit = 0; exit < opened.exits; exit += 1) {
      const stopped = opened.at({ exit });
      expect(await accuracyOf(stopped, frame)).toBeGreaterThan(0.3);
      const profile = await tf.profile(() => stopped.forward(frame.pixels(stopped.inputSize)));
      kernels.push(profile.kernels.filter(({ name }) => name.startsWith('FusedConv2D')).length);
      tf.dispose(profile.result);
    }
    expect(kernels).toEqual([9, 13, 17, 21]);
  });

  it('ends at its last exit unless told otherwise, and names an exit that it lacks', async () => {
    const [opened, frame] = await open('street-large');
    const pixels = frame.pixels(opened.inputSize);
    const last = opened.at({ exit: opened.exits - 1 });
    expect((await last.detect(pixels)).detections).toEqual((await opened.detect(pixels)).detections);
    expect(() => opened.at({ exit: 4 })).toThrow('The detector has no exit 4. Use one of 0 … 3.');
  });
});
