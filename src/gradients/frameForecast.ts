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
import { FILTER_KNOBS } from '../domain/knob.ts';
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
  /** Utility per candidate that each capture loses since an earlier one is shown at its time, as an upper bound: as if every difference hurt. */
  readonly losses: readonly number[];
  /** Their mean. */
  readonly loss: number;
}

/** @param pairLoss of each pair that occurs in `shown` */
export function frameOptions(
  choices: readonly FrameChoice[],
  shown: readonly (readonly number[])[],
  pairs: readonly Omit<StalePair, 'error'>[],
  pairLoss: readonly number[],
): FrameOption[] {
  const losses = new Map(pairs.map((pair, i) => [`${pair.capture} ${pair.shown}`, pairLoss[i] ?? 0]));
  return choices.map((choice, i) => {
    const places = shown[i] ?? [];
    const late = places.map((place, at) => losses.get(`${at} ${place}`) ?? 0);
    const missed = (CAPTURE_FPS * INTERVAL_SECONDS) / Math.max(1, places.length);
    return {
      choice,
      shown: places,
      frames: new Set(places).size * missed,
      losses: late,
      loss: late.reduce((sum, lost) => sum + lost, 0) / Math.max(1, late.length),
    };
  });
}

/** @throws Error where the choice was not tried */
export function optionOf(options: readonly FrameOption[], wanted: FrameChoice): FrameOption {
  const found = options.find(
    ({ choice }) =>
      choice.frameRate === wanted.frameRate && FILTER_KNOBS.every((name) => choice[name] === wanted[name]),
  );
  if (!found) throw new Error('The frame filter’s solver was asked for thresholds that it has not tried.');
  return found;
}
