/** Runs in the browser for verify.ts: a member in the lab's detector code, its raw output and a picture of its boxes. */
import { selectBackend } from '../src/detectors/backend.ts';
import { loadDetector } from '../src/detectors/loadDetector.ts';
import type { Detection } from '../src/domain/detection.ts';

const COLORS: Readonly<Record<string, string>> = {
  car: '#00ff40',
  truck: '#ffe000',
  person: '#ff40ff',
  bicycle: '#00e0ff',
};
/** Of which the fastest is told: others may be at work on the machine. */
const PASSES = 8;

export interface Verified {
  /** Of all exits, one after the other, for the frame at the detector's input size. */
  readonly output: number[];
  /** Of a pass to each exit. */
  readonly milliseconds: number[];
  /** JPEG in base64, with the boxes of the last exit. */
  readonly picture: string;
}

/** @param rgb a frame of width · height · 3 bytes, in base64 */
export async function verifyFrame(
  member: string,
  rgb: string,
  width: number,
  height: number,
): Promise<Verified> {
  await selectBackend('wasm');
  const detector = await loadDetector({ model: `/models/${member}/model.json` }, undefined, () => undefined);
  const frame = canvasOf(rgb, width, height);
  const { inputSize } = detector;
  const scaled = new OffscreenCanvas(inputSize.width, inputSize.height);
  context(scaled).imageSmoothingQuality = 'medium';
  context(scaled).drawImage(frame, 0, 0, inputSize.width, inputSize.height);
  const pixels = context(scaled).getImageData(0, 0, inputSize.width, inputSize.height).data;
  const output: number[] = [];
  const milliseconds: number[] = [];
  let detections: readonly Detection[] = [];
  for (let exit = 0; exit < detector.exits; exit++) {
    const stopped = detector.at({ exit });
    const packed = stopped.forward(pixels);
    output.push(...(await packed.data()));
    packed.dispose();
    let fastest = Infinity;
    for (let pass = 0; pass < PASSES; pass++) {
      const result = await stopped.detect(pixels);
      fastest = Math.min(fastest, result.elapsedMs);
      ({ detections } = result);
    }
    milliseconds.push(fastest);
  }
  detector.dispose();
  return { output, milliseconds, picture: await draw(frame, detections) };
}

function canvasOf(rgb: string, width: number, height: number): OffscreenCanvas {
  const bytes = atob(rgb);
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let k = 0; k < 3; k++) image.data[i * 4 + k] = bytes.charCodeAt(i * 3 + k);
    image.data[i * 4 + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  context(canvas).putImageData(image, 0, 0);
  return canvas;
}

async function draw(frame: OffscreenCanvas, detections: readonly Detection[]): Promise<string> {
  const [width, height] = [frame.width * 2, frame.height * 2];
  const canvas = new OffscreenCanvas(width, height);
  const pen = context(canvas);
  pen.drawImage(frame, 0, 0, width, height);
  pen.font = '11px sans-serif';
  for (const box of detections) {
    pen.strokeStyle = pen.fillStyle = COLORS[box.label] ?? '#fff';
    pen.strokeRect(box.x * width, box.y * height, box.width * width, box.height * height);
    pen.fillText(box.score.toFixed(2), box.x * width, box.y * height - 2);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const made = canvas.getContext('2d', { willReadFrequently: true });
  if (!made) throw new Error('This browser offers no 2d canvas outside the page.');
  return made;
}
