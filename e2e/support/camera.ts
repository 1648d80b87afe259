/** A Y4M clip for Chromium's fake camera: a bright box that walks over a grey ground. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from './assets.ts';

const WIDTH = 640;
const HEIGHT = 384;
const FPS = 10;
const FRAMES = 20;

/** One frame as planar 4:2:0. */
function frame(n: number): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, 96);
  const left = 2 * Math.round((n * (WIDTH - 120)) / FRAMES / 2);
  for (let y = 140; y < 240; y += 1) luma.fill(220, y * WIDTH + left, y * WIDTH + left + 120);
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

/** Writes the clip once. @returns its path */
export function cameraClip(): string {
  const directory = path.join(PROJECT, 'node_modules', '.cache', 'oneadapt');
  const file = path.join(directory, 'camera.y4m');
  if (existsSync(file)) return file;
  mkdirSync(directory, { recursive: true });
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FPS}:1 Ip A1:1 C420\n`);
  const part = `${file}.${process.pid}`;
  writeFileSync(part, Buffer.concat([header, ...Array.from({ length: FRAMES }, (_, n) => frame(n))]));
  renameSync(part, file);
  return file;
}
