/** Runs in the browser for verify.ts: the exported model in tfjs, its raw output and a picture of its boxes. */
import * as tf from '@tensorflow/tfjs';
import { suppress, type RawBox } from '../src/detectors/nms.ts';
import { LABELS, STRIDE } from './architecture.ts';

const COLORS = ['#00ff40', '#ffe000', '#ff40ff', '#00e0ff'];

export interface Verified {
  readonly output: number[];
  readonly milliseconds: number;
  readonly kernels: number;
  /** JPEG in base64. */
  readonly picture: string;
}

/** @param rgb one frame of width · height · 3 bytes */
export async function verifyFrame(
  rgb: readonly number[],
  width: number,
  height: number,
  threshold: number,
): Promise<Verified> {
  await tf.setBackend('cpu');
  const model = await tf.loadLayersModel('/models/default/model.json');
  const input = tf.tensor4d(Float32Array.from(rgb), [1, height, width, 3]).div(255);
  const profile = await tf.profile(() => model.predict(input));
  const begin = performance.now();
  const output = model.predict(input) as tf.Tensor4D;
  const values = await output.data();
  const milliseconds = performance.now() - begin;
  const picture = await draw(rgb, values, width, height, threshold);
  return { output: [...values], milliseconds, kernels: profile.kernels.length, picture };
}

async function draw(
  rgb: readonly number[],
  output: ArrayLike<number>,
  width: number,
  height: number,
  threshold: number,
): Promise<string> {
  const canvas = new OffscreenCanvas(width * 2, height * 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser offers no 2d canvas outside the page.');
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let k = 0; k < 3; k++) image.data[i * 4 + k] = rgb[i * 3 + k] ?? 0;
    image.data[i * 4 + 3] = 255;
  }
  context.drawImage(await createImageBitmap(image), 0, 0, width * 2, height * 2);
  context.font = '11px sans-serif';
  const [columns, rows, channels] = [width / STRIDE, height / STRIDE, LABELS.length + 4];
  const boxes: RawBox[] = [];
  for (let cell = 0; cell < columns * rows; cell++) {
    const at = (channel: number): number => output[cell * channels + channel] ?? -Infinity;
    const distance = (side: number): number => Math.exp(at(LABELS.length + side)) * STRIDE;
    const [x, y] = [((cell % columns) + 0.5) * STRIDE, (Math.floor(cell / columns) + 0.5) * STRIDE];
    for (let classIndex = 0; classIndex < LABELS.length; classIndex++) {
      const score = 1 / (1 + Math.exp(-at(classIndex)));
      if (score < threshold) continue;
      const [left, top] = [x - distance(0), y - distance(1)];
      const size = { width: distance(0) + distance(2), height: distance(1) + distance(3) };
      boxes.push({ x: left, y: top, ...size, classIndex, score, index: cell * LABELS.length + classIndex });
    }
  }
  for (const box of suppress(boxes, 200)) {
    context.strokeStyle = context.fillStyle = COLORS[box.classIndex] ?? '#fff';
    context.strokeRect(box.x * 2, box.y * 2, box.width * 2, box.height * 2);
    context.fillText(box.score.toFixed(2), box.x * 2, box.y * 2 - 2);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}
