/** What a run knows before its first interval: the ladders of source, encoder and detector, and what a pass costs. */
import { version } from '../../package.json';
import type { Knobs } from '../domain/configuration.ts';
import { CODECS, type Experiment, type GpuCost } from '../domain/experiment.ts';
import type { Environment } from '../domain/interval.ts';
import { ladders } from '../domain/ladders.ts';
import { memberLadder, type ServerChoice } from '../domain/serverKnobs.ts';
import { formatSize } from '../domain/size.ts';
import type { RunInputs, RunListener } from './events.ts';
import type { ServerLine } from './lines.ts';
import { neededRungs } from './neededRungs.ts';
import type { SensorInfo, SensorInput } from './sensorWorker.ts';
import type { ServerInfo, ServerInput } from './serverCalls.ts';
import type { NeededRungs } from './setups.ts';

export interface Prepared {
  readonly knobs: Knobs;
  /** Of the server's knobs, prepared before the first interval. */
  readonly needed: NeededRungs;
  readonly gpuCost: GpuCost;
}

/** Warms up what the experiment will need of the server's knobs, and times it where the experiment does not say what it costs. */
export async function prepareServer(
  { captureSize, quantizers }: SensorInfo,
  { line, info }: { readonly line: Pick<ServerLine, 'prepare'>; readonly info: ServerInfo },
  experiment: Experiment,
  listener: Pick<RunListener, 'onProgress' | 'onNotice'>,
): Promise<Prepared> {
  const usable = CODECS.filter((codec) => quantizers[codec] !== undefined);
  const laddersWith = (choice: ServerChoice): Knobs =>
    ladders(captureSize, quantizers[experiment.codec] ?? 0, { rest: experiment.codec, usable }, choice);
  const { inputSize, inputSizes, gpuCost: restCost } = info;
  const members = memberLadder(experiment.detector);
  const knobs = laddersWith({ members, inputSizes });
  const needed = neededRungs(experiment, knobs);
  const { ready, costs, leftOut } = await line.prepare(
    needed,
    experiment.gpuCost === null,
    listener.onProgress,
  );
  for (const sentence of leftOut) listener.onNotice(sentence);
  const runs = (size: string): boolean =>
    size === formatSize(inputSize) || ready.inputSize?.includes(size) === true;
  return {
    knobs: needed.inputSize ? laddersWith({ members, inputSizes: inputSizes.filter(runs) }) : knobs,
    needed,
    gpuCost: experiment.gpuCost ?? {
      ...restCost,
      ...(Object.keys(costs).length > 0 ? { rungs: costs } : {}),
    },
  };
}

export function sensorInput({ source, seed, codec }: Experiment, { clips, camera }: RunInputs): SensorInput {
  const base = { source, seed, codec, ...(clips ? { clips } : {}) };
  if (!camera) return base;
  const { width, height } = camera.getSettings();
  const size = { width: width ?? 640, height: height ?? 480 };
  return { ...base, camera: { readable: new MediaStreamTrackProcessor({ track: camera }).readable, size } };
}

/** @param remembers what was detected, by content */
export const serverInput = (
  { detector, backend }: Experiment,
  { modelFiles }: RunInputs,
  remembers = false,
): ServerInput => ({ detector, backend, remembers, ...(modelFiles ? { modelFiles } : {}) });

export function environmentOf(info: ServerInfo): Environment {
  return {
    backend: info.backend,
    adapter: info.adapter,
    browser: navigator.userAgent,
    threads: info.threads,
    versions: { lab: version, tfjs: info.tfjsVersion },
    detector: { name: info.detector, inputWidth: info.inputSize.width, inputHeight: info.inputSize.height },
    fallback: info.fallback,
  };
}
