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
  observe(observation: Pick<Observation, 'forecast' | 'configuration' | 'seen' | 'cut'>): void;
  /** F1 for one unit of the forecast's loss. */
  f1PerUnit(): number;
}

/** Until so many pairs of frames have told, what is usual counts for as much (gradients/calibrated.ts). */
const USUAL_PAIRS = 10;

/** @param memory share of an interval's weight that is left when the next is told, 0 … 1 */
export function createLateness(memory: number): Lateness {
  let [pairs, forecast, lost] = [0, 0, 0];
  /** The last frame that was sent, and what it was expected to lose by the interval's end. */
  let last: { readonly frame: Seen; readonly expected: number } | undefined;
  const tell = (then: Seen, now: Seen, expected: number): void => {
    // A street without anybody tells nothing of the one who comes.
    if (now.detections.length + then.detections.length === 0) return;
    pairs += 1;
    forecast += expected;
    lost += 1 - f1(then.detections, now.detections);
  };
  return {
    observe({ forecast: options, configuration, seen, cut }) {
      const [first] = seen;
      const before = cut ? undefined : last;
      last = undefined;
      if (!options) return;
      [pairs, forecast, lost] = [pairs * memory, forecast * memory, lost * memory];
      if (before && first) tell(before.frame, first, before.expected);
      const ran = optionOf(options, configuration);
      const sentAt = (place: number | undefined): Seen | undefined =>
        place !== undefined && ran.shown[place] === place ? seen[place] : undefined;
      const told = new Set<string>();
      for (const { shown, losses } of options) {
        shown.forEach((place, capture) => {
          const key = `${capture} ${place}`;
          if (place === capture || told.has(key)) return;
          told.add(key);
          const [now, then] = [sentAt(capture), sentAt(place)];
          if (now && then) tell(then, now, losses[capture] ?? 0);
        });
      }
      const frame = sentAt(ran.shown.at(-1));
      const expected = ran.losses.at(-1) ?? 0;
      if (frame && expected > 0) last = { frame, expected };
    },
    f1PerUnit() {
      const usual = f1PerUnit('frameRate');
      return forecast > 0 ? ((pairs * lost) / forecast + USUAL_PAIRS * usual) / (pairs + USUAL_PAIRS) : usual;
    },
  };
}
