/**
 * Which detector goes with real footage. The detectors that come with the lab know the built-in street alone, so clips
 * and the webcam get a COCO detector by themselves once somebody has agreed to fetch it, and the scene brings the former
 * one back. A detector that somebody has named for the footage stays.
 */
import { comesWithLab, NANODET_COCO, registeredDetector } from '../../detectors/registry.ts';
import type { Experiment } from '../../domain/experiment.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import type { Footage, LabState } from './labStore.ts';

/**
 * NanoDet rather than CenterNet, for what is live needs the speed: on wasm with two threads a forward pass takes 63 ms
 * against 101 and a backward pass 83 against 147 (`npm run bench`); it is half as large, too, and its licences are known. CenterNet finds
 * more that is small or far (of eleven real clips it saw something on ten, NanoDet on eight) and is one choice away.
 */
export const FOOTAGE_DETECTOR = registeredDetector(NANODET_COCO.name);

/** A part of the state in which source and detector agree. */
type Agreed = Pick<LabState, 'draft' | 'footage'>;

/** Does this footage wait for an answer? */
export const isUndecided = ({ draft, footage }: Agreed): boolean =>
  footage.consent === null && !footage.named && comesWithLab(draft.detector);

/** The draft after an edit by hand, with the detector that goes with its source. */
export function afterEdit(draft: Experiment, footage: Footage, patch: Partial<Experiment>): Agreed {
  const next = { ...draft, ...patch };
  const isScene = next.source.kind === 'scene';
  if (patch.detector !== undefined) {
    // One that was chosen for the scene says nothing on footage.
    return { draft: next, footage: { ...footage, replaced: null, named: !isScene, missed: null } };
  }
  if (patch.source === undefined || footage.named) return { draft: next, footage };
  const settled = { ...footage, replaced: null, missed: null };
  if (isScene) return { draft: { ...next, detector: footage.replaced ?? next.detector }, footage: settled };
  if (footage.consent !== 'granted' || !comesWithLab(next.detector)) {
    return { draft: next, footage: { ...footage, missed: null } };
  }
  return {
    draft: { ...next, detector: FOOTAGE_DETECTOR.name },
    footage: { ...settled, replaced: next.detector },
  };
}

/**
 * Of an experiment that somebody wrote. The page itself writes the default detector of the scene into every address:
 * that alone names none.
 */
export const asNamed = (footage: Footage, { source, detector }: Experiment): Footage => ({
  ...footage,
  replaced: null,
  named: source.kind !== 'scene' || detector !== DEFAULT_EXPERIMENT.detector,
  missed: null,
});

/** A detector that comes with the lab, in the place of one that cannot be fetched; null where that is none of ours to replace. */
export function withStandIn(draft: Experiment, footage: Footage): Agreed | null {
  const { detector } = draft;
  if (typeof detector !== 'string' || comesWithLab(detector)) return null;
  const { replaced, named } = footage;
  return {
    draft: { ...draft, detector: replaced ?? DEFAULT_EXPERIMENT.detector },
    footage: { ...footage, replaced: null, missed: { detector, replaced, named } },
  };
}

/** What is said of it. @param reason full sentences on why the draft's detector cannot be had */
export function sentenceOfStandIn({ source, detector }: Experiment, reason: string): string {
  const label = typeof detector === 'string' ? registeredDetector(detector).label : detector.model;
  const limits =
    source.kind === 'scene'
      ? 'It knows the built-in street alone.'
      : 'It knows the built-in street alone and misses most of what real footage shows.';
  return `${label} cannot be used, so the street detector runs instead. ${limits} ${reason}`;
}

/** Back to the detector that could not be fetched. */
export function missedAgain(draft: Experiment, footage: Footage): Agreed {
  const { missed } = footage;
  if (!missed) return { draft, footage };
  const { detector, replaced, named } = missed;
  return { draft: { ...draft, detector }, footage: { ...footage, replaced, named, missed: null } };
}
