/** Gathers the events of a run and gives them to the store at most ten times a second. */
import type { IntervalFidelity } from '../../domain/fidelity.ts';
import { withFidelity, type IntervalRecord } from '../../domain/interval.ts';
import { useLab, type LabState } from './labStore.ts';

const PUBLISH_PERIOD_MS = 100;

let pending: Partial<LabState> = {};
let arrived: IntervalRecord[] = [];
let found = new Map<number, IntervalFidelity>();
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  timer ??= setTimeout(flush, PUBLISH_PERIOD_MS);
}

export function publish(patch: Partial<Omit<LabState, 'records'>>): void {
  Object.assign(pending, patch);
  schedule();
}

export function publishRecord(record: IntervalRecord): void {
  arrived.push(record);
  schedule();
}

/** The truth about an interval that was published before. */
export function publishFidelity(index: number, fidelity: IntervalFidelity): void {
  found.set(index, fidelity);
  schedule();
}

/** Hands over what is waiting, now. */
export function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  const patch = pending;
  const records = arrived;
  const truths = found;
  pending = {};
  arrived = [];
  found = new Map();
  useLab.setState((state) =>
    records.length === 0 && truths.size === 0
      ? patch
      : { ...patch, records: withFidelity([...state.records, ...records], truths) },
  );
}

/** Forgets what is waiting: it belongs to a run that is no longer shown. */
export function discard(): void {
  clearTimeout(timer);
  timer = undefined;
  pending = {};
  arrived = [];
  found = new Map();
}
