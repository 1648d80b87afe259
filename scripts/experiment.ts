/**
 * `npm run experiment -- FILE.json --out DIR`: runs an experiment in headless Chromium and writes report.json,
 * timeline.csv and report.html. Exit 0 when the run completed; otherwise one sentence on stderr, exit 1 (130 when
 * interrupted), and nothing written.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeadlessEvent } from '../src/headless/task.ts';
import { buildReport, reportCsv, reportHtml, reportJson } from '../src/reports/index.ts';
import { ensureBuild } from './ensureBuild.ts';
import { HELP, parseArguments } from './experiment/arguments.ts';
import { driveBrowser } from './experiment/driveBrowser.ts';
import { progressLine } from './experiment/progressLine.ts';
import { readExperiment, type ExperimentWithFiles } from './experiment/readExperiment.ts';
import { checkWritable, writeReports } from './experiment/writeReports.ts';
import { startLabServer, type LabServer } from './labServer.ts';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

class Interrupted extends Error {}

async function main(): Promise<void> {
  const asked = parseArguments(process.argv.slice(2));
  if (asked === null) {
    console.log(HELP);
    return;
  }
  const { file, out } = asked;
  const read = await readExperiment(file);
  await checkWritable(out);

  const interrupt = new AbortController();
  const stop = (): void =>
    interrupt.abort(new Interrupted('The run was interrupted; no report was written.'));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const line = progressLine(read.experiment, process.stderr);
  const root = await ensureBuild(PROJECT, () =>
    line.note('Building the lab, since its sources have changed.'),
  );
  const server = await startLabServer({ root });
  try {
    const result = await driveBrowser({
      url: `${server.url}headless.html`,
      task: taskOf(read, server),
      signal: interrupt.signal,
      onEvent: (event) => show(event, line),
    });
    line.end();
    if (!result.ok) throw new Error(result.error);
    const report = buildReport(result.info, result.intervals);
    await writeReports(out, {
      'report.json': reportJson(report),
      'timeline.csv': reportCsv(report),
      'report.html': reportHtml(report, result.pictures),
    });
    const { accuracy, bandwidthKbps, intervals } = report.summary;
    line.note(
      `${intervals} intervals, accuracy ${accuracy.toFixed(3)}, ${bandwidthKbps.toFixed(0)} kbps: ${path.join(out, 'report.html')}`,
    );
  } finally {
    line.end();
    await server.close();
  }
}

const taskOf = ({ experiment, clip, modelFiles }: ExperimentWithFiles, server: LabServer) => {
  const serve = (file: string) => ({ name: path.basename(file), url: server.share(file) });
  return {
    fidelity: false,
    experiment,
    clip: clip === null ? null : serve(clip),
    modelFiles: modelFiles.map(serve),
  };
};

function show(event: HeadlessEvent, line: ReturnType<typeof progressLine>): void {
  switch (event.kind) {
    case 'progress':
      line.progress(event.progress);
      return;
    case 'interval':
      line.interval(event.record);
      return;
    case 'notice':
      line.note(event.message);
      return;
    case 'alive':
      return;
    default:
      event satisfies never;
  }
}

main().then(
  // Left-over handles of the build tool must not keep a finished run waiting.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof Interrupted ? 130 : 1);
  },
);
