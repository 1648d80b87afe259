/** What stands at a capture when results take time to arrive: the newest that has come by the capture's deadline. */
import type { Detection } from '../domain/detection.ts';

export interface Display {
  /** @param seconds when the server has the frame; detecting takes no time here */
  arrives(seconds: number, detections: readonly Detection[]): void;
  /**
   * @param seconds of the capture
   * @param own what was seen on the frame itself, however late
   */
  at(seconds: number, own: readonly Detection[]): readonly Detection[];
}

/** @param deadlineMs null: everything counts for its own frame */
export function createDisplay(deadlineMs: number | null): Display {
  /** By order of sending, which is that of arriving. */
  let coming: { readonly seconds: number; readonly detections: readonly Detection[] }[] = [];
  let standing: readonly Detection[] = [];
  return {
    arrives(seconds, detections) {
      if (deadlineMs !== null) coming.push({ seconds, detections });
    },
    at(seconds, own) {
      if (deadlineMs === null) return own;
      const due = seconds + deadlineMs / 1000 + 1e-9;
      standing = coming.findLast((result) => result.seconds <= due)?.detections ?? standing;
      coming = coming.filter((result) => result.seconds > due);
      return standing;
    },
  };
}
