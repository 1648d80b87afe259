/** What a pass of the detector costs, as part of the page's address: at rest, and at the rungs that were measured. */
import type { GpuCost, PassCost } from '../../domain/experiment.ts';
import { SERVER_KNOBS, type ServerKnob } from '../../domain/serverKnobs.ts';
import { clamp, RANGES } from './defaults.ts';
import type { UrlReader } from './urlReader.ts';

/** `inputSize:320x192:12.5:40`, the last two the milliseconds forward and backward. */
const PARTS = ':';

export function writeCost(query: URLSearchParams, cost: GpuCost): void {
  query.set('inferenceMs', String(cost.inferenceMs));
  query.set('backwardMs', String(cost.backwardMs));
  const rungs = SERVER_KNOBS.flatMap((name) =>
    Object.entries(cost.rungs?.[name] ?? {}).map(([value, pass]) =>
      [name, value, pass.inferenceMs, pass.backwardMs].join(PARTS),
    ),
  );
  if (rungs.length > 0) query.set('rungs', rungs.join(','));
}

export function readCost(read: UrlReader): GpuCost | null {
  const inferenceMs = read.number('inferenceMs', RANGES.passMs, null);
  const backwardMs = read.number('backwardMs', RANGES.passMs, null);
  const rungs = readRungs(read);
  if (inferenceMs === null || backwardMs === null) return null;
  return { inferenceMs, backwardMs, ...(Object.keys(rungs).length > 0 ? { rungs } : {}) };
}

function readRungs(read: UrlReader): NonNullable<GpuCost['rungs']> {
  const rungs: Partial<Record<ServerKnob, Record<string, PassCost>>> = {};
  for (const part of read.text('rungs')?.split(',') ?? []) {
    const [knob, value = '', ...numbers] = part.split(PARTS);
    const name = SERVER_KNOBS.find((known) => known === knob);
    const [inferenceMs = NaN, backwardMs = NaN] = numbers.map((text) => clamp(Number(text), RANGES.passMs));
    if (name === undefined || value === '' || Number.isNaN(inferenceMs + backwardMs)) {
      read.note(`The address's cost "${part}" was left out: it is not written as knob:value:ms:ms.`);
      continue;
    }
    rungs[name] = { ...rungs[name], [value]: { inferenceMs, backwardMs } };
  }
  return rungs;
}
