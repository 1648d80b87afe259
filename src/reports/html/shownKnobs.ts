/** The knobs that a report tells of: the first three always, another where the run could move it or a hand did. */
import type { RunReport } from '../../domain/interval.ts';
import { DEFAULT_KNOBS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';

export function shownKnobs({ experiment, intervals }: RunReport): KnobName[] {
  const [first] = intervals;
  const couldMove = (name: KnobName): boolean =>
    experiment.knobs.includes(name) || experiment.edits.some((edit) => edit.knobs?.includes(name));
  const moved = (name: KnobName): boolean =>
    intervals.some(({ configuration }) => configuration[name] !== first?.configuration[name]);
  return KNOB_NAMES.filter((name) => DEFAULT_KNOBS.includes(name) || couldMove(name) || moved(name));
}
