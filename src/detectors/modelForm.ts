/** What can be read off a model.json without loading its weights: format, nodes, input and output shapes, shards. */
import { z } from 'zod';

const weight = z.looseObject({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.string(),
  quantization: z.looseObject({ dtype: z.string() }).optional(),
});

const dimension = z.looseObject({ size: z.union([z.string(), z.number()]).optional() });
const tensorInfo = z.looseObject({
  name: z.string().optional(),
  tensorShape: z.looseObject({ dim: z.array(dimension).optional() }).optional(),
});
const signature = z.looseObject({
  inputs: z.record(z.string(), tensorInfo).optional(),
  outputs: z.record(z.string(), tensorInfo).optional(),
});

const modelJson = z.looseObject({
  format: z.string().optional(),
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(
    z.looseObject({ paths: z.array(z.string()).min(1), weights: z.array(weight).min(1) }),
  ),
  signature: signature.optional(),
  userDefinedMetadata: z.looseObject({ signature: signature.optional() }).optional(),
});

export type ModelJson = z.infer<typeof modelJson>;
export type WeightSpec = z.infer<typeof weight>;

/** Name and shape of a tensor; −1 is a size left open. */
export interface TensorForm {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface ModelForm {
  readonly format: 'graph-model' | 'layers-model';
  readonly nodes: ReadonlySet<string>;
  readonly inputs: readonly TensorForm[];
  readonly outputs: readonly TensorForm[];
}

/**
 * Reads a model.json.
 * @param name as the user knows it, for the message
 * @throws Error when it is not a TensorFlow.js model
 */
export function parseModelJson(text: string, name: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(
      `The file ${name} is not JSON. Choose the model.json that tensorflowjs_converter or model.save() wrote, with its shards.`,
    );
  }
  const result = modelJson.safeParse(json);
  if (result.success) return result.data;
  throw new Error(
    `The file ${name} is JSON, but not a TensorFlow.js model: it has no readable modelTopology and weightsManifest ` +
      `(${result.error.issues[0]?.path.join('.') ?? ''}). Convert the model with tensorflowjs_converter first.`,
  );
}

/** The model's form as far as its JSON says it: a layers model's outputs are known only once it is built. */
export function formOf(json: ModelJson): ModelForm {
  const topology = json.modelTopology;
  const isGraph = json.format === 'graph-model' || Array.isArray(topology.node);
  const names = z.array(z.looseObject({ name: z.string() })).safeParse(topology.node);
  const described = json.signature ?? json.userDefinedMetadata?.signature;
  const shapes = (infos: Record<string, z.infer<typeof tensorInfo>> | undefined): TensorForm[] =>
    Object.entries(infos ?? {}).map(([key, info]) => ({
      name: info.name ?? key,
      shape: (info.tensorShape?.dim ?? []).map((dim) => Number(dim.size ?? -1)),
    }));
  const inputs = shapes(described?.inputs);
  return {
    format: isGraph ? 'graph-model' : 'layers-model',
    nodes: new Set(names.success ? names.data.map((node) => node.name) : []),
    inputs: inputs.length > 0 ? inputs : placeholdersOf(topology.node),
    outputs: shapes(described?.outputs),
  };
}

const placeholder = z.looseObject({
  name: z.string(),
  op: z.literal('Placeholder'),
  attr: z
    .looseObject({ shape: z.looseObject({ shape: tensorInfo.shape.tensorShape }).optional() })
    .optional(),
});

/** Inputs of a graph whose signature does not name them. */
function placeholdersOf(nodes: unknown): TensorForm[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node) => {
    const parsed = placeholder.safeParse(node);
    if (!parsed.success) return [];
    const dims = parsed.data.attr?.shape?.shape?.dim ?? [];
    return [{ name: parsed.data.name, shape: dims.map((dim) => Number(dim.size ?? -1)) }];
  });
}

const BYTES_OF: Readonly<Record<string, number>> = {
  ...{ float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2, complex64: 8 },
};

/** Bytes that a weight takes in its shard. @throws Error for a type without a fixed size */
export function weightBytes(spec: WeightSpec): number {
  const dtype = spec.quantization?.dtype ?? spec.dtype;
  const size = BYTES_OF[dtype];
  if (size === undefined) {
    throw new Error(
      `The weight ${spec.name} is of type ${dtype}, which a detector does not need. Export the model without it.`,
    );
  }
  return spec.shape.reduce((product, side) => product * side, size);
}
