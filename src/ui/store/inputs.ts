/** Files and the camera that the user gave; an experiment and an address hold only their names. */
import type { Experiment } from '../../domain/experiment.ts';
import type { RunInputs } from '../../engine/events.ts';

let inputs: RunInputs = {};

export const currentInputs = (): RunInputs => inputs;

export function addInputs(more: RunInputs): void {
  inputs = { ...inputs, ...more };
}

/** The camera is let go with the run that used it. */
export function releaseCamera(): void {
  inputs.camera?.stop();
  const { clip, modelFiles } = inputs;
  inputs = { ...(clip ? { clip } : {}), ...(modelFiles ? { modelFiles } : {}) };
}

const isReachable = (model: string): boolean => /^(https?:|\.{0,2}\/)/.test(model);

export interface Missing {
  readonly part: 'source' | 'detector';
  readonly sentence: string;
}

/** What the experiment names and the page does not hold. */
export function missingInputs({ source, detector }: Experiment): Missing[] {
  const missing: Missing[] = [];
  if (source.kind === 'clip' && !inputs.clip) {
    missing.push({
      part: 'source',
      sentence: `The clip "${source.file}" is a file of the computer that made this link. Choose it under Source; the built-in scene runs until then.`,
    });
  }
  if (source.kind === 'webcam' && inputs.camera?.readyState !== 'live') {
    missing.push({
      part: 'source',
      sentence:
        'This experiment uses a webcam. Start it under Source, where the browser will ask you; the built-in scene runs until then.',
    });
  }
  if (typeof detector !== 'string' && !isReachable(detector.model) && !inputs.modelFiles) {
    missing.push({
      part: 'detector',
      sentence: `The detector "${detector.model}" is made of files of the computer that made this link. Choose them under Detector; the built-in detector runs until then.`,
    });
  }
  return missing;
}
