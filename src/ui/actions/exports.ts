/** Everything that leaves the page as a file, and reports that come in. */
import type { RunReport } from '../../domain/interval.ts';
import { download, fileStem } from '../export/download.ts';
import { panelPng } from '../export/png.ts';
import { reportPictures } from '../export/reportPictures.ts';
import { startExperiment } from '../store/draft.ts';
import { awaitCard } from '../store/inputs.ts';
import { useLab } from '../store/labStore.ts';
import { notify, sentence } from '../store/notices.ts';
import { currentReport, showReport } from '../store/report.ts';
import { forCommandLine } from './commandLine.ts';

/** Runs something that may fail with a sentence for the user. */
export async function attempt(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    notify(sentence(error), 'warning');
  }
}

function stemOf(report: RunReport): string {
  const { source, budget, policy } = report.experiment;
  const name = source.kind === 'scene' ? source.preset : source.kind === 'clip' ? source.file : source.kind;
  const bound = budget.bandwidthKbps === null ? [] : [`${Math.round(budget.bandwidthKbps)}kbps`];
  return fileStem([name, policy.name, ...bound]);
}

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

export const exportExperiment = (): Promise<void> =>
  attempt(() => {
    const { draft, origin, records } = useLab.getState();
    const { experiment, remark } = forCommandLine(draft, origin === 'recorded' ? 0 : records.length);
    download(`${JSON.stringify(experiment, null, 2)}\n`, 'experiment.json', 'application/json');
    if (remark !== null) notify(remark, 'warning');
  });

export const exportPicture = (panel: 'stage' | 'ascent' | 'timeline'): Promise<void> =>
  attempt(async () => {
    const element = document.querySelector(`.panel-${panel}`);
    if (!element) throw new Error(`The ${panel} is not on the page. Reload the page and try again.`);
    download(await panelPng(element), `${fileStem([panel])}.png`);
  });

/** An experiment names its source; a report holds one, beside its schema. */
const isExperiment = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'source' in json && !('schemaVersion' in json);

/** Shows a report, or starts the experiment that the file holds, such as an exported one. */
export const openFile = (file: File): Promise<void> =>
  attempt(async () => {
    const { parseExperiment, parseJsonc, parseReport } = await import('../../reports/index.ts');
    const text = await file.text();
    const json = readOr(null, () => parseJsonc(text));
    if (isExperiment(json)) {
      const experiment = parseExperiment(json);
      awaitCard(experiment.detector);
      startExperiment(experiment);
    } else await showReport(parseReport(text));
  });

function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
