import type { Observation } from '../policy.ts';

/** Was nothing found at any capture of the interval? false where nobody said what was seen. */
export const foundNothing = ({ seen }: Pick<Observation, 'seen'>): boolean =>
  seen.length > 0 && seen.every(({ detections }) => detections.length === 0);
