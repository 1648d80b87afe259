import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DetectorCard } from '../../domain/card.ts';
import type { Preview, PreviewDetections, PreviewModel, PreviewPicture } from '../../engine/preview.ts';
import { startSession, type PreviewSession } from './previewSession.ts';
import { CARD } from './testCard.ts';

const MODEL = { fingerprint: 'f', file: 'model.json', card: CARD } as PreviewModel;

/** A worker that answers when it is told to. */
function scripted() {
  const asked: DetectorCard[] = [];
  const answers: { resolve: (d: PreviewDetections) => void; reject: (e: Error) => void }[] = [];
  const closed: string[] = [];
  const preview: Preview = {
    open: () => Promise.resolve(MODEL),
    picture: ({ seconds }) =>
      Promise.resolve({
        image: { close: () => closed.push(`picture ${seconds}`) },
        durationSeconds: 9,
        isLive: false,
      } as unknown as PreviewPicture),
    detect: (card) => {
      asked.push(card);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    tryPasses: () => Promise.resolve({ inferenceMs: 1, backwardMs: 2 }),
    memory: () => Promise.resolve({ tensors: 0, gpuBytes: 0 }),
    close: () => closed.push('worker'),
  };
  const session = startSession(
    { detector: { model: 'model.json' }, backend: 'wasm' },
    (seconds) => Promise.resolve({ source: { kind: 'scene', preset: 'plaza' }, seed: 1, seconds }),
    1,
    () => preview,
  );
  return { session, asked, answers, closed };
}

const found = (elapsedMs: number): PreviewDetections => ({ boxes: [], elapsedMs });
const at = (width: number): DetectorCard => ({ ...CARD, input: { ...CARD.input, width } });
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000);
const stateOf = ({ state }: PreviewSession) => state.getState();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('looks once for what was typed in one go, and skips what was overtaken', async () => {
  const { session, asked, answers } = scripted();
  for (const width of [32, 64, 96]) session.look(at(width));
  await settle();
  expect(asked.map(({ input }) => input.width)).toEqual([96]);
  session.look(at(128));
  await settle();
  session.look(at(160));
  await settle();
  answers[0]?.resolve(found(1));
  await settle();
  expect(asked.map(({ input }) => input.width)).toEqual([96, 160]);
  expect(stateOf(session).isComputing).toBe(true);
  answers[1]?.resolve(found(2));
  await settle();
  expect(stateOf(session)).toMatchObject({ isComputing: false, misfit: null, detections: { elapsedMs: 2 } });
});

it('does not look again for names and thresholds', async () => {
  const { session, asked, answers } = scripted();
  session.look(CARD);
  await settle();
  answers[0]?.resolve(found(1));
  await settle();
  session.look({ ...CARD, labels: ['a', 'b', 'c'], threshold: 0.9, label: 'Mine' });
  await settle();
  expect(asked).toHaveLength(1);
});

it('says why a card does not fit, until one does', async () => {
  const { session, answers } = scripted();
  session.look(CARD);
  await settle();
  answers[0]?.reject(new Error('The card does not fit.'));
  await settle();
  expect(stateOf(session)).toMatchObject({
    misfit: 'The card does not fit.',
    detections: null,
    isComputing: false,
  });
  session.look(at(64));
  await settle();
  answers[1]?.resolve(found(1));
  await settle();
  expect(stateOf(session).misfit).toBeNull();
});

it('closes every picture, and changes nothing once it is closed', async () => {
  const { session, answers, closed } = scripted();
  session.look(CARD);
  await settle();
  session.show(2);
  await settle();
  expect(closed).toEqual(['picture 1']);
  session.close();
  const before = stateOf(session);
  answers[0]?.resolve(found(1));
  await settle();
  expect(closed).toEqual(['picture 1', 'worker', 'picture 2']);
  expect(stateOf(session)).toBe(before);
});
