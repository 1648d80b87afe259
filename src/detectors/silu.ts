/**
 * SiLU, x·σ(x), as one operation of a graph.
 *
 * Why: YOLO graphs have two hundred of them, each written as Sigmoid and Mul; differentiated one by one they are half of
 * a backward pass.
 */
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { SILU_GRADIENT } from './wasmKernels/siluGradient.ts';

const OP = 'LabSilu';

/** The JSON of a graph or of layers. */
export type Topology = Readonly<Record<string, unknown>>;

const nodes = z.array(
  z.looseObject({ name: z.string(), op: z.string(), input: z.array(z.string()).optional() }),
);

/** A graph's nodes with Mul(x, Sigmoid(x)) made one operation; what else takes the Sigmoid still finds it. */
export function fuseSilu(topology: Topology): Topology {
  const parsed = nodes.safeParse(topology.node);
  if (!parsed.success) return topology;
  const sigmoidOf = new Map(
    parsed.data.flatMap(({ name, op, input }) => (op === 'Sigmoid' && input?.[0] ? [[name, input[0]]] : [])),
  );
  const node = parsed.data.map((of) => {
    const [a = '', b = ''] = of.op === 'Mul' ? (of.input ?? []) : [];
    const x = sigmoidOf.get(b) === a ? a : sigmoidOf.get(a) === b ? b : '';
    return x === '' ? of : { name: of.name, op: OP, input: [x], attr: {} };
  });
  return { ...topology, node };
}

const multiplied = (dy: tf.Tensor, x: tf.Tensor, s: tf.Tensor): tf.Tensor =>
  tf.tidy(() => dy.mul(s).mul(x.mul(tf.sub(1, s)).add(1)));

/** x·σ(x), differentiable. */
export function silu(input: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((x, save) => {
    const tensor = x as tf.Tensor;
    const s = tf.sigmoid(tensor);
    (save as tf.GradSaveFunc)([tensor, s]);
    return {
      value: tensor.mul(s),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept = tensor, share = s] = saved;
        return tf.getBackend() === 'wasm'
          ? tf.engine().runKernel(SILU_GRADIENT, { dy, x: kept, s: share })
          : multiplied(dy, kept, share);
      },
    };
  });
  return operation(input);
}

let registered = false;

/** Lets graph models run what {@link fuseSilu} makes. Registers once. */
export function registerSilu(): void {
  if (registered) return;
  registered = true;
  tf.registerOp(OP, ({ inputs }) => {
    const [x] = inputs;
    if (!x) throw new Error('A SiLU of this model lacks its input.');
    return silu(x);
  });
}
