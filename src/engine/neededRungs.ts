/** Which rungs of the server's knobs a run will stand on, so that they are loaded, warmed up and timed before it starts. */
import type { Configuration, Knobs } from '../domain/configuration.ts';
import { configurationsIn, type Experiment } from '../domain/experiment.ts';
import { restIndex, valueAt } from '../domain/knob.ts';
import { SERVER_KNOBS, type ServerKnob } from '../domain/serverKnobs.ts';
import type { NeededRungs } from './setups.ts';

/** The whole ladder of a knob that may move or that the experiment puts elsewhere than where it rests; else none of it. */
export function neededRungs(
  { knobs: tuned, policy, edits }: Pick<Experiment, 'knobs' | 'policy' | 'edits'>,
  knobs: Knobs,
): NeededRungs {
  const policies = [policy, ...edits.flatMap((edit) => edit.policy ?? [])];
  const placed: Partial<Configuration>[] = [
    ...policies.flatMap(configurationsIn),
    ...edits.flatMap((edit) => edit.configuration ?? []),
  ];
  const isNeeded = (name: ServerKnob): boolean => {
    const rest = valueAt(knobs[name], restIndex(knobs[name]));
    return (
      tuned.includes(name) ||
      edits.some((edit) => edit.knobs?.includes(name)) ||
      placed.some((values) => values[name] !== undefined && values[name] !== rest)
    );
  };
  return Object.fromEntries(
    SERVER_KNOBS.filter(isNeeded).map((name) => [name, knobs[name].values.map(String)]),
  );
}
