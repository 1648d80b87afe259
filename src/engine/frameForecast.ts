/** Has every choice of frame rate and filter thresholds tried on the interval that just ran; see gradients/frameForecast.ts. */
import type { Configuration, FrameChoice, Knobs } from '../domain/configuration.ts';
import { FILTER_KNOBS, FRAME_KNOBS, type KnobName } from '../domain/knob.ts';
import { parseSize } from '../domain/size.ts';
import { frameOptions, type FrameOption, type LatePair } from '../gradients/frameForecast.ts';
import type { Road } from './interval.ts';
import type { GradientUse } from './serverCalls.ts';

/** All frame rates, with all thresholds of the filters that may move. */
function choicesOf(
  knobs: Knobs,
  configuration: Configuration,
  active: readonly KnobName[],
): readonly FrameChoice[] {
  const { frameRate, pixelFilter, areaFilter, edgeFilter } = configuration;
  let choices: FrameChoice[] = [{ frameRate, pixelFilter, areaFilter, edgeFilter }];
  for (const name of FRAME_KNOBS) {
    if (name !== 'frameRate' && !active.includes(name)) continue;
    choices = choices.flatMap((choice) => knobs[name].values.map((value) => ({ ...choice, [name]: value })));
  }
  return choices;
}

export interface FrameForecast {
  readonly options: readonly FrameOption[];
  readonly late: readonly LatePair[];
}

/**
 * After the backward pass, whose DNNGrad it takes.
 * @param active the knobs that may move
 * @returns null where no filter is on and none may move: then the frame rate alone says what is sent
 */
export async function forecastFrames(
  { sensor, server, knobs }: Road,
  configuration: Configuration,
  active: readonly KnobName[],
  use: GradientUse,
): Promise<FrameForecast | null> {
  if (!FILTER_KNOBS.some((name) => active.includes(name) || configuration[name] > 0)) return null;
  const choices = choicesOf(knobs, configuration, active);
  const { shown, pairs } = await sensor.shown(choices, parseSize(configuration.inputSize));
  const losses = await server.weighed(
    pairs.map(({ error }) => error),
    use,
  );
  const late = pairs.map(({ capture, shown: place }, i) => ({ capture, shown: place, loss: losses[i] ?? 0 }));
  return { options: frameOptions(choices, shown, late), late };
}
