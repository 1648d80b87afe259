/** Everything that leaves the page as a file, and reports that come in. */
import type { ComparisonReport } from '../../domain/comparison.ts';
import type { Experiment } from '../../domain/experiment.ts';
import type { RunReport } from '../../domain/interval.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import { currentComparison, showComparison } from '../compare/compareSession.ts';
import { download, fileStem } from '../export/download.ts';
import { panelPng } from '../export/png.ts';
import { reportPictures } from '../export/reportPictures.ts';
import { startExperiment } from '../store/draft.ts';
import { awaitCard } from '../store/inputs.ts';
import { useLab } from '../store/labStore.ts';
import { dismiss, notify } from '../store/notices.ts';
import { currentReport, showReport } from '../store/report.ts';
import { forCommandLine } from './commandLine.ts';

/** Of the last attempt that failed. */
let failure: number | null = null;

/** Runs something that may fail with a sentence for the user. */
export async function attempt(work: () => Promise<void> | void): Promise<void> {
  const before = failure;
  try {
    await work();
    // What failed before it is no news once something has worked.
    if (before !== null) dismiss(before);
  } catch (error) {
    failure = notify(sentenceOf(error), 'warning');
  }
}

function stem({ source, budget }: Experiment, what: string): string {
  const name = source.kind === 'scene' ? source.preset : source.kind === 'clip' ? source.file : source.kind;
  const bound = budget.bandwidthKbps === null ? [] : [`${Math.round(budget.bandwidthKbps)}kbps`];
  return fileStem([name, what, ...bound]);
}

const stemOf = ({ experiment }: RunReport): string => stem(experiment, experiment.policy.name);
const comparedStem = ({ comparison }: ComparisonReport): string => stem(comparison.experiment, 'compared');

export const exportJson = (): Promise<void> =>
  attempt(async () => {
    const report = await currentReport();
    const { reportJson } = await import('../../reports/index.ts');
    download(reportJson(report), `${stemOf(report)}.json`, 'application/json');
  });

export const exportCsv = (): Promise<void> =>
  attempt(async () => {
    const report = await currentReport();
    const { reportCsv } = await import('../../reports/index.ts');
    download(reportCsv(report), `${stemOf(report)}.csv`, 'text/csv');
  });

export const exportHtml = (): Promise<void> =>
  attempt(async () => {
    const report = await currentReport();
    const { reportHtml } = await import('../../reports/index.ts');
    download(reportHtml(report, reportPictures()), `${stemOf(report)}.html`, 'text/html');
  });

export const exportComparison = (kind: 'json' | 'csv' | 'html'): Promise<void> =>
  attempt(async () => {
    const report = await currentComparison();
    const { comparisonCsv, comparisonHtml, comparisonJson } = await import('../../reports/index.ts');
    const [text, type] = {
      json: () => [comparisonJson(report), 'application/json'] as const,
      csv: () => [comparisonCsv(report), 'text/csv'] as const,
      html: () => [comparisonHtml(report), 'text/html'] as const,
    }[kind]();
    download(text, `${comparedStem(report)}.${kind}`, type);
  });

export const exportExperiment = (): Promise<void> =>
  attempt(() => {
    const { draft, origin, records } = useLab.getState();
    const { experiment, remark } = forCommandLine(draft, origin === 'recorded' ? 0 : records.length);
    download(`${JSON.stringify(experiment, null, 2)}\n`, 'experiment.json', 'application/json');
    if (remark !== null) notify(remark, 'warning');
  });

export const exportPicture = (panel: 'stage' | 'ascent' | 'timeline' | 'lines' | 'frontier'): Promise<void> =>
  attempt(async () => {
    const element = document.querySelector(`.panel-${panel}`);
    if (!element) throw new Error(`The ${panel} is not on the page. Reload the page and try again.`);
    download(await panelPng(element), `${fileStem([panel])}.png`);
  });

/** An experiment names its source; a report holds one, beside its schema. */
const isExperiment = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'source' in json && !('schemaVersion' in json);

/** Shows a report, of a run or of a comparison, or starts the experiment that the file holds, such as an exported one. */
export const openFile = (file: File): Promise<void> =>
  attempt(async () => {
    const { embeddedReport, isComparison, parseComparison, parseExperiment, parseJsonc, parseReport } =
      await import('../../reports/index.ts');
    const text = await file.text();
    const json = readOr(null, () => parseJsonc(embeddedReport(text) ?? text));
    if (isExperiment(json)) {
      const experiment = parseExperiment(json);
      awaitCard(experiment.detector);
      useLab.setState({ page: 'run' });
      startExperiment(experiment);
    } else if (isComparison(json)) await showComparison(parseComparison(text));
    else await showReport(parseReport(text));
  });

function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
