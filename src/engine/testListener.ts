/** What the engine's tests listen with where they hear nothing else. */
import type { RunListener } from './events.ts';

export const QUIET_LISTENER: RunListener = {
  onProgress: () => undefined,
  onReady: () => undefined,
  onState: () => undefined,
  onStage: () => undefined,
  onWork: () => undefined,
  onFrame: (view) => view.image?.close(),
  onGradients: () => undefined,
  onInterval: () => undefined,
  onPlannedEdit: () => undefined,
  onMeasuring: () => undefined,
  onFidelity: () => undefined,
  onNotice: () => undefined,
  onError: () => undefined,
};
