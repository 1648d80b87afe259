/** The trials' worker as the headless page calls it. */
import * as Comlink from 'comlink';
import { watch } from '../lines.ts';
import type { TrialInterval, TrialTask } from './trial.ts';
import type { TrialInputs, TrialWorker } from './trialWorker.ts';

/** @returns every interval of every trial */
export async function runTrials(
  task: TrialTask,
  inputs: TrialInputs,
  onInterval: (result: TrialInterval) => void,
): Promise<TrialInterval[]> {
  const worker = new Worker(new URL('./trialWorker.ts', import.meta.url), {
    type: 'module',
    name: 'tile trials',
  });
  const stop = new AbortController();
  const guard = watch(worker, 'tile trials', stop.signal);
  const remote = Comlink.wrap<TrialWorker>(worker);
  const results: TrialInterval[] = [];
  const take = (result: TrialInterval): void => {
    results.push(result);
    onInterval(result);
  };
  try {
    await guard(remote.run(task, inputs, Comlink.proxy(take)));
    return results;
  } finally {
    worker.terminate();
  }
}
