/** For scene.browser.ts: draws one frame in a worker and posts its pixels. */
import { openScene } from './scene.ts';

async function main(): Promise<void> {
  const scene = openScene({ preset: 'crossing', seed: 5 });
  const shown = await scene.frameAt(1);
  if (!shown) throw new Error('The scene gave no frame.');
  const pixels = new Uint8Array(shown.frame.allocationSize());
  await shown.frame.copyTo(pixels);
  shown.frame.close();
  scene.close();
  postMessage(pixels);
}

void main();
