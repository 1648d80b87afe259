/**
 * What it costs to show a frame late, in F1. The forecast (gradients/frameForecast.ts) has it in utility, as if every difference of pixels hurt,
 * and how far that is too much depends on the content. But of two frames that were both sent the server knows it: what it found on the
 * earlier one, held against what it found on the later one. An interval's last frame is held against the first of the next one too, so that something
 * is known where one frame a second is sent. Ours.
 */
import { f1 } from '../../domain/accuracy.ts';
import { optionOf } from '../../gradients/frameForecast.ts';
import { f1PerUnit } from '../../gradients/calibrated.ts';
import type { Observation } from '../policy.ts';

type Seen = Observation['seen'][number];

export interface Lateness {
  observe(observation: Pick<Observation, 'forecast' | 'late' | 'configuration' | 'seen' | 'cut'>): void;
  /** F1 for one unit of the forecast's loss. */
  f1PerUnit(): number;
}

/** Until so many pairs of frames have told, what is usual counts for as much (gradients/calibrated.ts). */
const USUAL_PAIRS = 5;
/** An interval in which all frames were sent counts for no more than so many: it has 45 of them, and one of which few were sent has one or two. */
const MOST_PAIRS = 5;

/** @param memory share of an interval's weight that is left when the next is told, 0 … 1 */
export function createLateness(memory: number): Lateness {
  /** Sums over the pairs so far. */
  let [pairs, forecast, lost] = [0, 0, 0];
  /** The last frame that was sent, and what it was expected to lose by the interval's end. */
  let last: { readonly frame: Seen; readonly expected: number } | undefined;
  return {
    observe({ forecast: options, late, configuration, seen, cut }) {
      const [first] = seen;
      const before = cut ? undefined : last;
      last = undefined;
      if (!options) return;
      /** What was expected, and what happened. */
      const told: (readonly [number, number])[] = [];
      const tell = (earlier: Seen, later: Seen, expected: number): void => {
        // A street without anybody tells nothing of the one who comes.
        if (earlier.detections.length + later.detections.length === 0) return;
        told.push([expected, 1 - f1(earlier.detections, later.detections)]);
      };
      const ran = optionOf(options, configuration);
      // Live, not every capture may have been looked at, and it is not told which.
      const isWhole = seen.length === ran.shown.length;
      if (isWhole && before && first) tell(before.frame, first, before.expected);
      const sentAt = (place: number | undefined): Seen | undefined =>
        isWhole && place !== undefined && ran.shown[place] === place ? seen[place] : undefined;
      for (const { capture, shown, loss } of late) {
        const [earlier, later] = [sentAt(shown), sentAt(capture)];
        if (earlier && later) tell(earlier, later, loss);
      }
      const weight = Math.min(1, MOST_PAIRS / Math.max(1, told.length));
      const added = (sum: number, of: (pair: readonly [number, number]) => number): number =>
        sum * memory + weight * told.reduce((all, pair) => all + of(pair), 0);
      pairs = added(pairs, () => 1);
      forecast = added(forecast, ([expected]) => expected);
      lost = added(lost, ([, happened]) => happened);
      const end = late.find(
        ({ capture, shown }) => capture === seen.length - 1 && shown === ran.shown.at(-1),
      );
      const frame = sentAt(end?.shown);
      last = end && frame && end.loss > 0 ? { frame, expected: end.loss } : undefined;
    },
    f1PerUnit() {
      const usual = f1PerUnit('frameRate');
      return forecast > 0 ? ((pairs * lost) / forecast + USUAL_PAIRS * usual) / (pairs + USUAL_PAIRS) : usual;
    },
  };
}
