/**
 * Files and the camera that the user gave. An experiment, an address and a report hold only their names, so files are
 * kept by name and a run gets those that its experiment names, never others.
 */
import type { DetectorCard } from '../../domain/card.ts';
import type { DetectorSpec, Experiment } from '../../domain/experiment.ts';
import { clipFiles } from '../../domain/playlist.ts';
import type { RunInputs } from '../../engine/events.ts';

const clips = new Map<string, Blob>();
interface Model {
  readonly files: readonly File[];
  /** By which it was read. */
  readonly card: DetectorCard;
}

const models = new Map<string, Model>();
/** Cards of models that a report or an experiment names, whose files are not there yet. */
const awaited = new Map<string, DetectorCard>();
let camera: MediaStreamTrack | undefined;

/** The command line writes whole paths into its reports; a file that a person chose has only the last part. */
const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Where the page may look for a model by itself. */
const isReachable = (model: string): boolean => /^(https?:|\.{0,2}\/)/.test(model);

export function holdClip(name: string, clip: Blob): void {
  clips.set(name, clip);
}

/** @param name of the model.json among the files, as the experiment has it */
export function holdModel(name: string, files: readonly File[], card: DetectorCard): void {
  models.set(name, { files, card });
}

/** A report that was opened says how its model is to be read when its files come. */
export function awaitCard(detector: DetectorSpec): void {
  if (typeof detector === 'string' || !detector.card) return;
  awaited.set(fileName(detector.model), detector.card);
}

/** The card of a report or experiment for the model of this file name; undefined: none. */
export const awaitedCard = (model: string): DetectorCard | undefined => awaited.get(fileName(model));

/** What a menu calls a model: nearly all files of models are called model.json, so their folder tells more. */
export function modelLabel(path: string): string {
  const held = isReachable(path) ? undefined : models.get(fileName(path));
  if (held) return held.card.label;
  const [folder, file] = (path.split(/[?#]/)[0] ?? path).split(/[\\/]/).slice(-2);
  return file === 'model.json' && folder !== undefined && folder !== '' ? folder : fileName(path);
}

export function holdCamera(track: MediaStreamTrack): void {
  releaseCamera();
  camera = track;
}

/** The camera is let go with the run that used it. */
export function releaseCamera(): void {
  camera?.stop();
  camera = undefined;
}

/** Could they be cards of one model? Nearly all files of models are called model.json, so the name of the file does not tell. */
export const isAlike = (a: DetectorCard, b: DetectorCard): boolean =>
  a.head.kind === b.head.kind && a.labels.length === b.labels.length;

/** Files that are held of a model; undefined: none, or it is fetched. */
export function filesOf(detector: DetectorSpec): readonly File[] | undefined {
  if (typeof detector === 'string' || isReachable(detector.model)) return undefined;
  const held = models.get(fileName(detector.model));
  const { card } = detector;
  return held && (!card || (card.name === held.card.name && isAlike(card, held.card)))
    ? held.files
    : undefined;
}

/** Different files of the same name, which the page cannot tell apart: it sees no folders. */
const isAmbiguous = (file: string, files: readonly string[]): boolean =>
  files.some((other) => other !== file && fileName(other) === fileName(file));

/** What is held of what the experiment names. */
export function inputsOf({ source, detector }: Experiment): RunInputs {
  const held = new Map(
    clipFiles(source).flatMap((file, _, files) => {
      const clip = isAmbiguous(file, files) ? undefined : clips.get(fileName(file));
      return clip ? [[file, clip]] : [];
    }),
  );
  const modelFiles = filesOf(detector);
  return {
    ...(held.size > 0 ? { clips: held } : {}),
    ...(modelFiles ? { modelFiles } : {}),
    ...(source.kind === 'webcam' && camera ? { camera } : {}),
  };
}

export interface Missing {
  readonly part: 'source' | 'detector';
  readonly sentence: string;
}

/** What the experiment names and the page does not hold. */
export function missingInputs(experiment: Experiment): Missing[] {
  const { source, detector } = experiment;
  const held = inputsOf(experiment);
  const missing: Missing[] = [];
  const files = clipFiles(source);
  for (const file of files) {
    if (held.clips?.has(file) === true) continue;
    if (isAmbiguous(file, files)) {
      missing.push({
        part: 'source',
        sentence: `The playlist names several clips called ${fileName(file)}, which the page cannot tell apart. Give them names of their own there; the built-in scene runs until then.`,
      });
      break;
    }
    missing.push({
      part: 'source',
      sentence: `The clip "${file}" is not at hand, since addresses and reports hold only its name. ${
        source.kind === 'playlist'
          ? `Choose the file ${fileName(file)} under Source, then open the playlist's experiment again`
          : `Choose the file ${fileName(file)} under Source`
      }; the built-in scene runs until then.`,
    });
  }
  if (source.kind === 'webcam' && held.camera?.readyState !== 'live') {
    missing.push({
      part: 'source',
      sentence:
        'This experiment uses a webcam. Start it under Source, where the browser will ask you; the built-in scene runs until then.',
    });
  }
  if (typeof detector !== 'string' && !isReachable(detector.model) && !held.modelFiles) {
    missing.push({
      part: 'detector',
      sentence: `The detector "${detector.model}" is not at hand, since addresses and reports hold only its name. Choose the file ${fileName(detector.model)} with its .bin files under Detector; the built-in detector runs until then.`,
    });
  }
  return missing;
}
