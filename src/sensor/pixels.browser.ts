import { expect, it } from 'vitest';
import { sequence } from '../sources/scene/rng.ts';
import { createScaler } from './pixels.ts';

it('scales a picture alike, whatever was drawn before', () => {
  const [from, to] = [
    { width: 416, height: 250 },
    { width: 384, height: 224 },
  ];
  const scaler = createScaler(to);
  const random = sequence(1);
  const picture = new OffscreenCanvas(from.width, from.height);
  const context = picture.getContext('2d', { alpha: false, willReadFrequently: true });
  const noise = new ImageData(from.width, from.height);
  const words = new Uint32Array(noise.data.buffer);
  let different = 0;
  // Where it does depend on that, one pixel in ten such pictures shows it.
  for (let count = 0; count < 200; count += 1) {
    words.forEach((_, pixel) => (words[pixel] = 0xff000000 | random(0, 0x1000000)));
    context?.putImageData(noise, 0, 0);
    const [first, again] = [scaler.pixels(picture), scaler.pixels(picture)];
    if (first.some((value, at) => value !== again[at])) different += 1;
  }
  expect(different).toBe(0);
});
