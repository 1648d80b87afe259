/**
 * The same network as TensorFlow.js runs and differentiates it by itself, without the lab's kernels, fusing or gradients.
 * In a page of its own, since what the lab registers holds for the whole page.
 */
import * as tf from '@tensorflow/tfjs';
import { startPlainWasm } from '../../src/detectors/backend.ts';
import { parseCard, type DetectorCard } from '../../src/domain/card.ts';
import type { Head } from '../../src/detectors/heads/head.ts';
import { headOf } from '../../src/detectors/heads/index.ts';
import { formOf, parseModelJson, type ModelForm } from '../../src/detectors/modelForm.ts';
import { inputShape, packInput } from '../../src/detectors/pixels.ts';
import type { Backend } from '../../src/domain/experiment.ts';
import { picture, type Passes } from './passes.ts';

const asList = (result: tf.Tensor | tf.Tensor[] | tf.NamedTensorMap): tf.Tensor[] =>
  result instanceof tf.Tensor ? [result] : Array.isArray(result) ? result : Object.values(result);

/** What the lab asks the network for. Cards may name nodes inside the graph, whose shapes its file does not tell. */
function nodesOf(card: DetectorCard, form: ModelForm): Pick<Head, 'scoreNodes' | 'detectNodes'> {
  const { head } = card;
  if (head.kind === 'boxes') {
    return { scoreNodes: head.scores, detectNodes: [...new Set([...head.scores, ...head.boxes])] };
  }
  return head.kind === 'dfl' ? { scoreNodes: head.nodes, detectNodes: head.nodes } : headOf(card, form);
}

/**
 * @param url of the model.json
 * @param cardJson the detector's card, as the lab reads the network
 */
export async function prepare(url: string, cardJson: unknown, backend: Backend): Promise<Passes> {
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (backend === 'wasm') await startPlainWasm();
  else await tf.setBackend(backend);
  const card = parseCard(cardJson);
  const form = formOf(parseModelJson(await (await fetch(url)).text(), url));
  const { scoreNodes, detectNodes } = nodesOf(card, form);
  let run: (input: tf.Tensor, nodes: readonly string[] | undefined) => tf.Tensor[];
  if (form.format === 'layers-model') {
    const model = await tf.loadLayersModel(url);
    run = (input) => asList(model.apply(input) as tf.Tensor | tf.Tensor[]);
  } else {
    const model = await tf.loadGraphModel(url);
    // The lab feeds some graphs behind their own scaling loops.
    const fed = card.input.node;
    run = (input, nodes) =>
      asList(model.execute(fed === undefined ? input : { [fed]: input }, nodes ? [...nodes] : undefined));
  }
  const { input } = card;
  const image = tf.tensor4d(
    packInput(picture({ width: input.width, height: input.height }), input),
    inputShape(input),
  );
  // Over all scores: picking some of them has no gradient on plain wasm, and a sum costs nothing beside the network.
  const utility = (x: tf.Tensor): tf.Scalar =>
    tf.addN(run(x, scoreNodes).map((output) => tf.sum(tf.sigmoid(output))));
  const timed = async (pass: () => tf.Tensor): Promise<number> => {
    const start = performance.now();
    const result = tf.tidy(pass);
    await result.data().finally(() => result.dispose());
    return performance.now() - start;
  };
  return {
    forward: () => timed(() => tf.concat(run(image, detectNodes).map((output) => output.flatten()))),
    forwardBackward: () => timed(() => tf.grad(utility)(image)),
  };
}
