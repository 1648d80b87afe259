/** The preview's worker: a brought model under one card after another, and that nothing is left over. */
import { afterEach, expect, it } from 'vitest';
import { SMALL_CARD, smallModelFiles } from '../detectors/testModels.ts';
import type { PictureRequest, Preview } from './preview.ts';
import { startPreview } from './preview.ts';

const PICTURE: PictureRequest = { source: { kind: 'scene', preset: 'plaza' }, seed: 3, seconds: 2 };
const quiet = (): void => undefined;

let preview: Preview | undefined;
afterEach(() => preview?.close());

async function open(files: readonly File[]): Promise<Preview> {
  preview = startPreview();
  const { image, isLive } = await preview.picture(PICTURE);
  expect([image.width, image.height, isLive]).toEqual([640, 384, false]);
  image.close();
  await preview.open({ detector: { model: 'model.json' }, modelFiles: files, backend: 'wasm' }, quiet);
  return preview;
}

it('looks for boxes under many cards and keeps no tensor of them', async () => {
  const { files } = await smallModelFiles();
  const opened = await open(files.slice(0, 2));
  const cards = [
    { ...SMALL_CARD, input: { ...SMALL_CARD.input, channels: 'BGR' as const } },
    { ...SMALL_CARD, labels: ['a', 'b', 'c'], threshold: 0.9 },
    SMALL_CARD,
  ];
  for (const card of cards) await opened.detect(card);
  const { tensors } = await opened.memory();
  for (const card of [...cards, ...cards]) {
    const { boxes, elapsedMs } = await opened.detect(card);
    expect(elapsedMs).toBeGreaterThan(0);
    expect(boxes.every(({ classIndex, score }) => classIndex < 3 && score > 0)).toBe(true);
  }
  await expect(opened.detect({ ...SMALL_CARD, labels: ['a'] })).rejects.toThrow('does not fit the model');
  expect((await opened.memory()).tensors).toBe(tensors);

  const cost = await opened.tryPasses(SMALL_CARD, quiet);
  expect(Math.min(cost.inferenceMs, cost.backwardMs)).toBeGreaterThan(0);
  expect((await opened.memory()).tensors).toBe(tensors);
});

it('tells where the card comes from, and the same files from others', async () => {
  const { files, json, weights } = await smallModelFiles();
  const describe = async (brought: readonly File[]) => {
    const session = startPreview();
    try {
      return await session.open(
        { detector: { model: 'm.json' }, modelFiles: brought, backend: 'wasm' },
        quiet,
      );
    } finally {
      session.close();
    }
  };
  const withCard = await describe(files);
  expect(withCard).toMatchObject({ origin: 'file', card: SMALL_CARD, refusal: null, file: 'model.json' });
  const recognised = await describe(files.slice(0, 2));
  expect(recognised.origin).toBe('recognised');
  expect(recognised.reasons).toContain('by its one output');
  expect(recognised.fingerprint).not.toBe(withCard.fingerprint);
  const again = await describe([new File([weights], 'weights.bin'), new File([json], 'model.json')]);
  expect(again.fingerprint).toBe(recognised.fingerprint);
  const other = weights.slice(0);
  new Float32Array(other)[0] = 7;
  const trained = await describe([new File([json], 'model.json'), new File([other], 'weights.bin')]);
  expect(trained.fingerprint).not.toBe(again.fingerprint);
});

it('fails open calls when it is closed', async () => {
  const closing = startPreview();
  const picture = closing.picture(PICTURE);
  closing.close();
  await expect(picture).rejects.toThrow('stopped');
});
