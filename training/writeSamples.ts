/** Fills training/data from the browser, split by split: what render.ts and importance/collect.ts have in common. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { withDevPages } from '../scripts/devPages.ts';

export interface SampleSplit {
  readonly name: string;
  readonly scenes: number;
  /** What an empty page runs for one of them; it gives samples with RGB bytes in base64 as `pixels`. */
  readonly script: (scene: number) => string;
}

/**
 * Writes DATA/NAME.rgb (RGB bytes, frame after frame) and DATA/NAME.jsonl (what else is known of each frame).
 * @param only name of the one split to write; undefined: all
 * @param firstScene where to go on; 0 begins anew
 */
export async function writeSamples(
  data: string,
  splits: readonly SampleSplit[],
  only: string | undefined,
  firstScene: number,
): Promise<void> {
  mkdirSync(data, { recursive: true });
  await withDevPages(async (open) => {
    const page = await open();
    for (const { name, scenes, script } of splits.filter(
      (split) => only === undefined || split.name === only,
    )) {
      if (firstScene === 0) {
        for (const ending of ['rgb', 'jsonl']) rmSync(`${data}${name}.${ending}`, { force: true });
      }
      for (let scene = firstScene; scene < scenes; scene += 1) {
        const samples = await page.evaluate<readonly { readonly pixels: string }[]>(script(scene));
        for (const { pixels, ...rest } of samples) {
          appendFileSync(`${data}${name}.rgb`, Buffer.from(pixels, 'base64'));
          appendFileSync(`${data}${name}.jsonl`, JSON.stringify(rest) + '\n');
        }
        console.log(`${name}: ${scene + 1} of ${scenes} scenes`);
      }
    }
  });
}
