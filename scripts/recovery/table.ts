/** docs/recovery.md from what was measured. */
import type { GridPoint } from '../../src/domain/comparison.ts';
import type { Configuration } from '../../src/domain/configuration.ts';
import type { IntervalRecord } from '../../src/domain/interval.ts';
import { configurationName, recoveries, RECOVERY_INTERVALS } from '../../src/domain/recovery.ts';

export interface RecoveryRun {
  readonly presets: readonly string[];
  /** Of each scene. */
  readonly seconds: number;
  readonly budgetsKbps: readonly number[];
  /** One list a budget. */
  readonly intervals: readonly (readonly IntervalRecord[])[];
  readonly configurations: readonly Configuration[];
  readonly grid: readonly (readonly GridPoint[])[];
}

/** F1 by which a policy may lie below the best static. */
const BOUND = 0.05;

export function recoveryMarkdown(
  runs: readonly RecoveryRun[],
  { commit, command }: { readonly commit: string; readonly command: string },
): string {
  const rows = runs.flatMap(({ presets, seconds, budgetsKbps, intervals, configurations, grid }) =>
    budgetsKbps.flatMap((budgetKbps, i) =>
      recoveries(
        intervals[i] ?? [],
        grid,
        presets.map((_, place) => place * seconds),
        budgetKbps,
      ).map((found) => {
        const place = Math.round(found.from / seconds);
        const best = configurations[found.best];
        return {
          gap: found.bestAccuracy - found.accuracy,
          isChange: place > 0,
          cells: [
            place === 0 ? '(start)' : (presets[place - 1] ?? ''),
            presets[place] ?? '',
            budgetKbps.toFixed(0),
            best ? configurationName(best) : '',
            found.bestAccuracy.toFixed(3),
            found.accuracy.toFixed(3),
            (found.bestAccuracy - found.accuracy).toFixed(3).replace('-', '−'),
            found.bestKbps.toFixed(0),
            found.bandwidthKbps.toFixed(0),
          ],
        };
      }),
    ),
  );
  const changes = rows.filter(({ isChange }) => isChange);
  const worst = Math.max(...changes.map(({ gap }) => gap));
  const within = changes.filter(({ gap }) => gap <= BOUND).length;
  const header = [
    'from',
    'to',
    'budget, kbps',
    'best static',
    'static F1',
    'OneAdapt F1',
    'gap',
    'static kbps',
    'OneAdapt kbps',
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `# After the content changes at once

Written by \`${command}\` at commit ${commit}; do not edit by hand.

One scene gives way to another from one second to the next (a playlist), and OneAdapt with its default options goes on. From the
${RECOVERY_INTERVALS + 1}th second of a content on, its mean F1 is held against the static configuration that would have been best for the whole of that
content under the same budget, known only afterwards: the most accurate of a grid of ${runs[0]?.configurations.length ?? 0} whose mean bandwidth stays within
it. All run on the same frames; street-nano, wasm, ${runs[0]?.seconds ?? 0} seconds a content, one seed.

- Gap of at most ${BOUND} in **${within} of ${changes.length}** changes; the largest is ${worst.toFixed(3)}.
- The budget is a mean for the static, which may take more in one second and less in another, and a bound on every second for OneAdapt.

${line(header)}
${line(header.map((_, i) => (i > 3 || i === 2 ? '--:' : '---')))}
${rows.map(({ cells }) => line(cells)).join('\n')}
`;
}
