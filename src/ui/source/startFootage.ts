/** Starts a run on a clip or the webcam, after the question which detector it should have where that is open. */
import type { Experiment } from '../../domain/experiment.ts';
import { ask } from '../store/consent.ts';
import { restartWith } from '../store/draft.ts';
import { isUndecided } from '../store/footage.ts';
import { useLab } from '../store/labStore.ts';

/** What ran before goes on until the question is answered; closed unanswered, the run starts with what is there. */
export async function startFootage(patch: Pick<Experiment, 'source'> & Partial<Experiment>): Promise<void> {
  if (isUndecided(useLab.getState()) && !(await ask())) return;
  restartWith(patch);
}
