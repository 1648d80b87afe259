/** Progress on stderr: one line that renews itself on a terminal, a line for each piece of news elsewhere. */
import type { Configuration } from '../../src/domain/configuration.ts';
import type { Experiment } from '../../src/domain/experiment.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../../src/domain/interval.ts';
import type { KnobName } from '../../src/domain/knob.ts';
import { SERVER_KNOBS } from '../../src/domain/serverKnobs.ts';
import type { Progress } from '../../src/engine/events.ts';
import { leftText, renewedLine } from './renewedLine.ts';

export interface ProgressLine {
  progress(progress: Progress): void;
  interval(record: IntervalRecord): void;
  /** A line that stays. */
  note(text: string): void;
  /** Clears the renewed line. */
  end(): void;
}

/** Intervals in the run; null where only the clip's end decides. */
const intervalsOf = ({ seconds }: Experiment): number | null =>
  seconds === null ? null : Math.floor(seconds / INTERVAL_SECONDS);

export function progressLine(experiment: Experiment, out: NodeJS.WriteStream): ProgressLine {
  const total = intervalsOf(experiment);
  const startedAt: { first: number | null } = { first: null };
  let lastLabel = '';
  const { renew, note, end } = renewedLine(out);

  return {
    progress: ({ label, fraction }) => {
      // Off a terminal a label is told once, not at every percent.
      if (!out.isTTY && label === lastLabel) return;
      lastLabel = label;
      renew(out.isTTY && fraction !== null ? `${label} ${Math.round(100 * fraction)} %` : label);
    },
    interval: (record) => {
      startedAt.first ??= performance.now();
      const done = record.index + 1;
      const parts = [
        `interval ${done}${total === null ? '' : `/${total}`}`,
        `${Math.round(record.bandwidthKbps)} kbps`,
        `accuracy ${record.accuracy.toFixed(3)}`,
        configurationLine(record.configuration, experiment.knobs),
      ];
      const left = timeLeft(startedAt.first, done, total);
      renew([...parts, ...(left === null ? [] : [left])].join(', '));
    },
    note,
    end,
  };
}

/** The first three knobs, of the others what is not as usual, and of the server's what is tuned. */
function configurationLine(configuration: Configuration, tuned: readonly KnobName[]): string {
  const { resolution, quantizer, frameRate, keyFrameInterval, codec, colour, tiles } = configuration;
  return [
    `${resolution} q${quantizer} ${frameRate} fps`,
    ...(keyFrameInterval === 1 ? [] : [`key ${keyFrameInterval} s`]),
    ...(codec === 'vp9' ? [] : [codec]),
    ...(colour === 'colour' ? [] : [colour]),
    ...SERVER_KNOBS.flatMap((name) => (tuned.includes(name) ? [configuration[name]] : [])),
    ...(tiles === 100 ? [] : [`tiles ${tiles} %`]),
  ].join(' ');
}

/** By the pace since the first interval ended, which was the slowest. */
function timeLeft(firstAt: number, done: number, total: number | null): string | null {
  if (total === null || done < 2) return null;
  return leftText(((performance.now() - firstAt) / 1000 / (done - 1)) * (total - done));
}
