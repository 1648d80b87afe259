/**
 * What every command does that runs an experiment in headless Chromium: arguments, files, build, browser, progress, and
 * files written whole or not at all. Exit 0 when the run completed; otherwise one sentence on stderr, exit 1 (130 when
 * interrupted), and nothing written.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Experiment } from '../../src/domain/experiment.ts';
import { sentenceOf } from '../../src/domain/sentenceOf.ts';
import type { HeadlessEvent, HeadlessResult, HeadlessTask } from '../../src/headless/task.ts';
import { ensureBuild } from '../ensureBuild.ts';
import { startLabServer, type LabServer } from '../labServer.ts';
import { parseArguments, usageOf } from './arguments.ts';
import { serve } from './findFiles.ts';
import { driveBrowser } from './driveBrowser.ts';
import { progressLine } from './progressLine.ts';
import { readExperiment, type ExperimentWithFiles } from './readExperiment.ts';
import { checkWritable, writeReports, type ReportFiles } from './writeReports.ts';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

class Interrupted extends Error {}

export interface Command {
  /** As in package.json. */
  readonly name: string;
  /** What `--help` says under the usage. */
  readonly help: string;
  /** A walk on which the truth is measured, in place of the experiment's policy. */
  readonly fidelity: boolean;
  /** What is run of the experiment that was read. */
  readonly prepare?: (experiment: Experiment) => Experiment;
  /** The files that come of the run, and a line about it. */
  readonly report: (result: Completed) => { readonly files: ReportFiles; readonly line: string };
}

export type Completed = Extract<HeadlessResult, { readonly ok: true }>;

/** Runs a command with this process's arguments and ends the process. */
export function runCommand(command: Command): void {
  execute(command).then(
    // Left-over handles of the build tool must not keep a finished run waiting.
    () => process.exit(0),
    (error: unknown) => {
      console.error(sentenceOf(error));
      process.exit(error instanceof Interrupted ? 130 : 1);
    },
  );
}

async function execute(command: Command): Promise<void> {
  const usage = usageOf(command.name);
  const asked = parseArguments(process.argv.slice(2), usage);
  if (asked === null) {
    console.log(`${usage}\n\n${command.help}`);
    return;
  }
  const { file, out } = asked;
  const found = await readExperiment(file);
  const read = { ...found, experiment: command.prepare?.(found.experiment) ?? found.experiment };
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
      entry: 'runExperiment',
      task: taskOf(read, server, command.fidelity),
      signal: interrupt.signal,
      onEvent: (event) => show(event, line),
    });
    line.end();
    if (!result.ok) throw new Error(result.error);
    const { files, line: told } = command.report(result);
    await writeReports(out, files);
    line.note(`${told}: ${out}`);
  } finally {
    line.end();
    await server.close();
  }
}

const taskOf = (
  { experiment, files }: ExperimentWithFiles,
  server: LabServer,
  fidelity: boolean,
): HeadlessTask => ({ experiment, ...serve(files, server), fidelity });

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
    case 'compared':
      return;
    default:
      event satisfies never;
  }
}
