/**
 * The profiled probe: a step held against the reference on a few frames of the interval, as Chameleon profiles its
 * configurations (SIGCOMM 2018: one knob at a time, the others fixed, accuracy against the most expensive configuration).
 *
 * With D(k) the detections that are shown at the probed frames and R the detections on the same frames at the most
 * expensive configuration:
 *
 *   gain = mean over the probed frames of F1(D(expensive), R) − F1(D(cheap), R)
 *
 * No gradient at all. On every captured frame this would be the truth itself; on few it is a small sample of it, in which
 * one box more or less weighs much, and dear: the reference's frames have to be sent and detected as well
 * (engine/chargedProbes.ts). The combined probe steadies it by what the forward probe makes of the very same frames:
 *
 *   gain = ½·profiledProbe + ½·forwardProbe
 */
import { f1 } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';

type Frames = readonly (readonly Detection[])[];

/**
 * @param cheap detections shown at each probed frame on the cheaper side of the step
 * @param expensive the same on the other side
 * @param reference the same at the most expensive configuration
 * @returns estimated gain of mean F1 towards the expensive side, −1 … 1
 */
export function profiledProbe(cheap: Frames, expensive: Frames, reference: Frames): number {
  const gained = reference.reduce(
    (sum, truth, i) => sum + f1(expensive[i] ?? [], truth) - f1(cheap[i] ?? [], truth),
    0,
  );
  return gained / Math.max(1, reference.length);
}

/**
 * Half the profiled probe, which is right on average, half the forward probe, which is steady. Costs what the profiled
 * probe costs.
 * @returns in [−¾, 1]
 */
export const combinedProbe = (profiled: number, forward: number): number => (profiled + forward) / 2;
