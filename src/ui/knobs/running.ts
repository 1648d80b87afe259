/** What a knob stands at. */
import type { KnobName, KnobValue } from '../../domain/knob.ts';
import { lastRecord, useLab } from '../store/labStore.ts';

/** As the newest interval ran, or as a policy that names a configuration will run the first; undefined while neither is known. */
export function useRunning(name: KnobName): KnobValue | undefined {
  const ran = useLab((state) => lastRecord(state)?.configuration[name]);
  const policy = useLab((state) => state.draft.policy);
  return ran ?? ('configuration' in policy ? policy.configuration[name] : undefined);
}
