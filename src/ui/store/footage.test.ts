/** Which detector goes with which source, and when the page asks. */
import { expect, it } from 'vitest';
import type { Experiment, SourceSpec } from '../../domain/experiment.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import {
  afterEdit,
  asNamed,
  FOOTAGE_DETECTOR,
  isUndecided,
  missedAgain,
  sentenceOfStandIn,
  withStandIn,
} from './footage.ts';
import { INITIAL, type Footage } from './labStore.ts';

const SCENE: SourceSpec = { kind: 'scene', preset: 'highway' };
const CLIP: SourceSpec = { kind: 'clip', file: 'a.mp4' };
const WEBCAM: SourceSpec = { kind: 'webcam' };
const COCO = FOOTAGE_DETECTOR.name;

/** The page after these edits, one after the other. */
function after(consent: Footage['consent'], ...edits: Partial<Experiment>[]) {
  let state = { draft: DEFAULT_EXPERIMENT, footage: { ...INITIAL.footage, consent } };
  for (const patch of edits) state = afterEdit(state.draft, state.footage, patch);
  return { ...state, detector: state.draft.detector };
}

it('asks only while nobody has decided, and for none but our own detectors', () => {
  expect(isUndecided(after(null))).toBe(true);
  expect(isUndecided(after('granted'))).toBe(false);
  expect(isUndecided(after('refused'))).toBe(false);
  expect(isUndecided(after(null, { detector: 'centernet-coco' }))).toBe(false);
  expect(isUndecided(after(null, { detector: { model: 'model.json' } }))).toBe(false);
  expect(isUndecided(after(null, { detector: 'street-nano' }))).toBe(true);
});

it('once agreed to, footage has the COCO detector and the scene the former one', () => {
  expect(after('granted', { source: CLIP }).detector).toBe(COCO);
  expect(after('granted', { source: WEBCAM, clock: 'live' }).detector).toBe(COCO);
  const back = after(
    'granted',
    { detector: 'street-nano' },
    { source: CLIP },
    { source: WEBCAM },
    { source: SCENE },
  );
  expect([back.detector, back.footage.replaced]).toEqual(['street-nano', null]);
});

it('leaves the detector alone where nobody has agreed', () => {
  expect(after(null, { source: CLIP }).detector).toBe('default');
  expect(after('refused', { source: CLIP }).detector).toBe('default');
});

it('leaves a detector that was chosen by hand on footage, there and on the scene', () => {
  const chosen = [{ source: CLIP }, { detector: 'street-large' }] as const;
  expect(after('granted', ...chosen, { source: WEBCAM }).detector).toBe('street-large');
  expect(isUndecided(after(null, ...chosen))).toBe(false);
  const coco = after('granted', { source: CLIP }, { detector: 'centernet-coco' }, { source: SCENE });
  expect(coco.detector).toBe('centernet-coco');
});

it('leaves the detector that an experiment names, but for the scene’s default', () => {
  const named = (patch: Partial<Experiment>): boolean =>
    asNamed(INITIAL.footage, { ...DEFAULT_EXPERIMENT, ...patch }).named;
  expect(named({})).toBe(false);
  expect(named({ detector: 'street-nano' })).toBe(true);
  expect(named({ source: CLIP })).toBe(true);
});

it('puts a street detector in the place of one that cannot be fetched, and tries again with that one', () => {
  const { draft, footage } = after('granted', { detector: 'street-nano' }, { source: CLIP });
  const instead = withStandIn(draft, footage);
  expect(instead?.draft.detector).toBe('street-nano');
  expect(sentenceOfStandIn(draft, 'It is offline.')).toBe(
    'NanoDet (80 classes) cannot be used, so the street detector runs instead. It knows the built-in street alone and ' +
      'misses most of what real footage shows. It is offline.',
  );
  const again = instead && missedAgain(instead.draft, instead.footage);
  expect(again).toEqual({ draft, footage });
  // The next clip tries by itself.
  const next = instead && afterEdit(instead.draft, instead.footage, { source: CLIP });
  expect(next?.draft.detector).toBe(COCO);
});

it('has no stand-in for our own detectors and for brought ones', () => {
  for (const detector of ['default', { model: 'https://example.org/model.json' }]) {
    expect(withStandIn({ ...DEFAULT_EXPERIMENT, detector }, INITIAL.footage)).toBeNull();
  }
});
