/** The public addresses of detectors from elsewhere, answered from copies beside the project: tests ask no network. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Route } from '@playwright/test';
import { asset } from './assets.ts';

const PUBLIC = 'https://raw.githubusercontent.com/**';

/** The copy of the detector that real footage gets. */
export const FOOTAGE_MODEL = 'models/nanodet-m-coco';

/** The route is the context's: the files are fetched by a worker. */
export class PublicModels {
  /** Names of the files that were asked for, in order. */
  readonly asked: string[] = [];
  private answer: (route: Route, file: string) => Promise<void> = serve;

  /** @param context whose requests to the public addresses are answered from now on */
  async listen(context: BrowserContext): Promise<void> {
    await context.route(PUBLIC, async (route) => {
      const file = path.basename(new URL(route.request().url()).pathname);
      this.asked.push(file);
      await this.answer(route, file);
    });
  }

  serve(): void {
    this.answer = serve;
  }

  goOffline(): void {
    this.answer = (route) => route.abort('internetdisconnected');
  }

  /** The weights never come. */
  hang(): void {
    this.answer = (route, file) => (file.endsWith('.bin') ? Promise.resolve() : serve(route, file));
  }

  /** One bit of the weights is another. */
  tamper(): void {
    this.answer = (route, file) => serve(route, file, file.endsWith('.bin'));
  }
}

function serve(route: Route, file: string, isTampered = false): Promise<void> {
  const copy = file.endsWith('.json') ? 'model.json' : file;
  const body = readFileSync(asset(`${FOOTAGE_MODEL}/${copy}`) ?? '');
  if (isTampered) body.writeUInt8(body.readUInt8(1000) ^ 1, 1000);
  return route.fulfill({ body, headers: { 'Access-Control-Allow-Origin': '*' } });
}
