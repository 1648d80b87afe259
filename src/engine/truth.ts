/**
 * Whether and when the instrument measures true changes: between two intervals, while the run's clock rests. What the
 * run does is the same with it and without.
 */
import type { RunListener } from './events.ts';
import type { IntervalOutcome, IntervalPlan, Road } from './interval.ts';
import { measureFidelity } from './trueChanges.ts';

export interface Truth {
  /** Switching off ends what is being measured before its next step. */
  setOn(on: boolean): void;
  /** An interval has ended and its frames are still there. */
  ended(plan: IntervalPlan, outcome: IntervalOutcome): void;
  /** The frames of the last interval are gone. */
  begins(): void;
  /**
   * Measures the interval that ended last, once and where that is wanted.
   * @throws Error as the two workers do; the interval is then not measured again
   */
  measure(road: Road): Promise<void>;
}

export function createTruth(
  on: boolean,
  listener: Pick<RunListener, 'onMeasuring' | 'onFidelity'>,
  measureOn = measureFidelity,
): Truth {
  let waiting: { readonly plan: IntervalPlan; readonly outcome: IntervalOutcome } | undefined;
  let work = new AbortController();
  return {
    setOn(next) {
      on = next;
      if (!on) work.abort();
    },
    ended(plan, outcome) {
      waiting = { plan, outcome };
    },
    begins() {
      waiting = undefined;
    },
    async measure(road) {
      // Switched off and on again in the middle, it begins anew.
      while (on && waiting) {
        const { plan, outcome } = waiting;
        const { index } = plan;
        work = new AbortController();
        road.pace.rest();
        try {
          const fidelity = await measureOn(road, plan, outcome, plan.active, {
            onStep: (done, total) => listener.onMeasuring({ intervalIndex: index, done, total }),
            signal: work.signal,
          });
          if (!fidelity) continue;
          waiting = undefined;
          listener.onFidelity(index, fidelity);
        } catch (error) {
          waiting = undefined;
          throw error;
        } finally {
          listener.onMeasuring(null);
        }
      }
    },
  };
}
