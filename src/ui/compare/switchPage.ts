/** The page's two views: the lab's ordinary one with its run, and the comparison. */
import type { Configuration } from '../../domain/configuration.ts';
import { lastRecord, useLab, type LabState } from '../store/labStore.ts';
import { startWaiting } from '../store/session.ts';
import { setSetup } from './compareStore.ts';

/** Where the knobs of the run's view stand; undefined: nothing is known of them. */
function standing(state: LabState): Partial<Configuration> | undefined {
  const { origin, draft } = state;
  const record = origin === 'live' || origin === 'opened' ? lastRecord(state) : undefined;
  return record?.configuration ?? (draft.policy.name === 'static' ? draft.policy.configuration : undefined);
}

/** A run that was asked for meanwhile starts when its view is opened. */
export function setPage(page: LabState['page']): void {
  const state = useLab.getState();
  if (state.page === page) return;
  const stands = page === 'compare' ? standing(state) : undefined;
  if (stands) setSetup({ standing: stands });
  useLab.setState({ page });
  if (page === 'run') startWaiting();
}
