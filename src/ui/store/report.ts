/** The shown run as a report, and a report as the shown run. */
import type { Knobs } from '../../domain/configuration.ts';
import type { RunReport } from '../../domain/interval.ts';
import { everyKnob, type Knob } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { parseSize } from '../../domain/size.ts';
import type { RunInfo } from '../../engine/events.ts';
import { asNamed } from './footage.ts';
import { awaitCard, releaseCamera } from './inputs.ts';
import { useLab } from './labStore.ts';
import { flush } from './publisher.ts';
import { dropWaiting, endPlayback, endRun, show } from './session.ts';

/** @throws Error before the first interval */
export async function currentReport(): Promise<RunReport> {
  flush();
  const { info, records } = useLab.getState();
  if (!info || records.length === 0) {
    throw new Error(
      'There is nothing to report before the first interval has ended. Wait a second and try again.',
    );
  }
  const { buildReport } = await import('../../reports/index.ts');
  return buildReport(info, records);
}

/** What the panels need to draw a report that they did not see happen. */
export function infoOf(report: Pick<RunReport, 'experiment' | 'environment' | 'ladders'>): RunInfo {
  const largest = String(report.ladders.resolution.at(-1) ?? '640x384');
  const captureSize = parseSize(largest);
  const labels = ladders(captureSize, 255);
  const knobs: Knobs = everyKnob((name): Knob => ({ ...labels[name], values: report.ladders[name] }));
  return { experiment: report.experiment, environment: report.environment, knobs, captureSize };
}

/** Shows a report as a finished run; its experiment becomes the draft, ready to be run again. */
export async function showReport(report: RunReport): Promise<void> {
  endPlayback();
  dropWaiting();
  await endRun();
  releaseCamera();
  awaitCard(report.experiment.detector);
  show('opened', infoOf(report));
  useLab.setState({ page: 'run' });
  const { experiment, intervals } = report;
  useLab.setState(({ footage }) => ({
    records: intervals,
    draft: experiment,
    footage: asNamed(footage, experiment),
  }));
}
