/**
 * The frame filter's solver (OneAdapt, SoCC 2023; the authors' code): every choice of frame rate and thresholds is tried
 * on the interval that just ran. For each of them the sensor knows which captures it would have sent, and so what would
 * have been shown at each time; DNNGrad says what that costs:
 *
 *   loss = mean over captures t of Σ G16·Σ_c|V_t − V_shown(t)| ÷ candidates
 *
 * It is the distortion form's rec (accGrad.ts) of frames that are as captured but late, in its unit. The authors take
 * log10(1e7·loss + 1e-15) + w·(frames kept) and the least of it; here the loss itself is weighed against what the frames
 * cost at the budgets' prices (policies/oneadapt/framePlan.ts), which with a fixed price is the same rule but for the logarithm.
 *
 * What has to travel is G16, which the distortion estimator sends back to the sensor anyway: the differences of the captured
 * frames stay there. (In the lab they go to the server's worker, where G16 is.)
 */
import type { FrameChoice } from '../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { FRAME_KNOBS } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { Size } from '../domain/size.ts';
import { blockErrors, type Rgba } from './accGrad.ts';

/** A captured frame at whose time an earlier one is shown; both as places in the order of captures. */
export interface StalePair {
  readonly capture: number;
  readonly shown: number;
  /** Σ_c|V_capture − V_shown|, mean over each 16×16 block of the detector's input. */
  readonly error: Float32Array;
}

/** What such a pair loses. */
export interface LatePair extends Omit<StalePair, 'error'> {
  /** Utility per candidate, as an upper bound: as if every difference hurt. */
  readonly loss: number;
}

/** @param shown for each choice the place of the capture that is shown at each capture's time */
export function stalePairs(
  shown: readonly (readonly number[])[],
  pictures: readonly Rgba[],
  size: Size,
): StalePair[] {
  const pairs = new Map<string, StalePair>();
  for (const places of shown) {
    places.forEach((place, capture) => {
      const key = `${capture} ${place}`;
      const [now, then] = [pictures[capture], pictures[place]];
      if (place === capture || pairs.has(key) || !now || !then) return;
      pairs.set(key, { capture, shown: place, error: blockErrors(size, now, then).values });
    });
  }
  return [...pairs.values()];
}

/** What one choice would have done to the interval that just ran. */
export interface FrameOption {
  readonly choice: FrameChoice;
  /** For each capture the place of the one that is shown at its time. */
  readonly shown: readonly number[];
  /** Frames sent in an interval, had no capture been missed. */
  readonly frames: number;
  /** Of what is shown late, a capture: utility per candidate, as an upper bound. */
  readonly loss: number;
}

/** @param pairs all that occur in `shown` */
export function frameOptions(
  choices: readonly FrameChoice[],
  shown: readonly (readonly number[])[],
  pairs: readonly LatePair[],
): FrameOption[] {
  const losses = new Map(pairs.map(({ capture, shown: place, loss }) => [`${capture} ${place}`, loss]));
  return choices.map((choice, i) => {
    const places = shown[i] ?? [];
    const lost = places.reduce((sum, place, at) => sum + (losses.get(`${at} ${place}`) ?? 0), 0);
    const missed = (CAPTURE_FPS * INTERVAL_SECONDS) / Math.max(1, places.length);
    return {
      choice,
      shown: places,
      frames: new Set(places).size * missed,
      loss: lost / Math.max(1, places.length),
    };
  });
}

/** @throws Error where the choice was not tried */
export function optionOf(options: readonly FrameOption[], wanted: FrameChoice): FrameOption {
  const found = options.find(({ choice }) => FRAME_KNOBS.every((name) => choice[name] === wanted[name]));
  if (!found) throw new Error('The frame filter’s solver was asked for thresholds that it has not tried.');
  return found;
}
