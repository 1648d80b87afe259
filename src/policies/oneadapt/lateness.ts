/**
 * What it costs to show a frame late, in F1. The forecast (gradients/frameForecast.ts) has it in utility, as if every difference of pixels hurt,
 * and how far that is too much depends on the content. But of two frames that were both sent the server knows it: what it found on the
 * earlier one, held against what it found on the later one. Ours.
 */
import { f1 } from '../../domain/accuracy.ts';
import { optionOf } from '../../gradients/frameForecast.ts';
import { f1PerUnit } from '../../gradients/calibrated.ts';
import type { Observation } from '../policy.ts';

export interface Lateness {
  observe(observation: Pick<Observation, 'forecast' | 'configuration' | 'seen'>): void;
  /** F1 for one unit of the forecast's loss. */
  f1PerUnit(): number;
}

/** Until so many pairs of frames have told, what is usual counts for as much (gradients/calibrated.ts). */
const USUAL_PAIRS = 10;

/** @param memory share of an interval's weight that is left when the next is told, 0 … 1 */
export function createLateness(memory: number): Lateness {
  let [pairs, forecast, lost] = [0, 0, 0];
  return {
    observe({ forecast: options, configuration, seen }) {
      if (!options) return;
      const ran = optionOf(options, configuration);
      const sentAt = (place: number | undefined): Observation['seen'][number] | undefined =>
        place !== undefined && ran.shown[place] === place ? seen[place] : undefined;
      [pairs, forecast, lost] = [pairs * memory, forecast * memory, lost * memory];
      const told = new Set<string>();
      for (const { shown, losses } of options) {
        shown.forEach((place, capture) => {
          const key = `${capture} ${place}`;
          if (place === capture || told.has(key)) return;
          told.add(key);
          const [now, then] = [sentAt(capture), sentAt(place)];
          // A street without anybody tells nothing of the one who comes.
          if (!now || !then || now.detections.length + then.detections.length === 0) return;
          pairs += 1;
          forecast += losses[capture] ?? 0;
          lost += 1 - f1(then.detections, now.detections);
        });
      }
    },
    f1PerUnit() {
      const usual = f1PerUnit('frameRate');
      return forecast > 0 ? ((pairs * lost) / forecast + USUAL_PAIRS * usual) / (pairs + USUAL_PAIRS) : usual;
    },
  };
}
