/** Tables and figures as Markdown. */
import { readable } from '../../src/reports/html/escape.ts';
import type { Need, Saving } from './need.ts';

/** @param head the first column is text, the others are numbers */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const percent = (share: number): string => `${Math.round(100 * share)} %`.replace('-', '−');

export const savingText = (saving: Saving | null): string =>
  saving === null ? '·' : `${saving.bound}${percent(saving.share)}`;

export const needText = (need: Need | null): string =>
  need === null ? '–' : `${need.isAtMost ? '≤' : ''}${readable(need.kbps)}`;
