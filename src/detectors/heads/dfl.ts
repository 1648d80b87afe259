/**
 * Raw outputs of YOLOv8, YOLOv9 and YOLO11: per stride one tensor [1, h, w, 4·bins + C] of box bins and class logits.
 * Decoded outside of the graph, so that nothing in it depends on the size of the picture; see HeadSpec `dfl`. Source:
 * ultralytics nn/modules/head.py (Detect.forward, Detect._inference) and nn/modules/block.py (DFL).
 */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard, DflHeadSpec } from '../../domain/card.ts';
import type { ModelForm } from '../modelForm.ts';
import { decodeBins, type BinLevel } from './bins.ts';
import { outputAt, type Head } from './head.ts';

/**
 * @param form its outputs must hold the shapes of the nodes that the card names
 * @throws Error where card and model do not go together
 */
export function dflHead(card: DetectorCard, spec: DflHeadSpec, form: ModelForm): Head {
  const classes = card.labels.length;
  const { bins, nodes } = spec;
  const { width, height } = card.input;
  const coarsest = Math.max(...spec.strides);
  if (width % coarsest !== 0 || height % coarsest !== 0) {
    throw new Error(
      `The detector ${card.label} cannot take ${width}x${height} pixels. Use sides that are multiples of ${coarsest}.`,
    );
  }
  const channels = 4 * bins + classes;
  const levels = spec.strides.map((stride, i): BinLevel => {
    const node = nodes[i] ?? '';
    const shape = form.outputs.find(({ name }) => name === node)?.shape ?? [];
    if (shape.length === 4 && shape[3] === channels) {
      return { stride, columns: width / stride, cells: (width / stride) * (height / stride) };
    }
    throw new Error(
      `The detector's card.json does not fit the model: by the card its node ${node} has ${channels} channels, but it ` +
        `is [${shape.join(', ')}]. Correct the card's nodes, bins or labels.`,
    );
  });
  const rowsOf = (outputs: readonly tf.Tensor[], i: number): tf.Tensor2D =>
    outputAt(outputs, i).reshape<tf.Tensor2D>([levels[i]?.cells ?? 0, channels]);
  const scoresOf = (outputs: readonly tf.Tensor[], i: number): tf.Tensor2D =>
    tf.sigmoid(rowsOf(outputs, i).slice([0, 4 * bins], [-1, classes]));
  return {
    scoreCount: levels.reduce((sum, level) => sum + level.cells, 0) * classes,
    scoreNodes: nodes,
    detectNodes: nodes,
    scores: (outputs) => tf.concat(levels.map((_, i) => scoresOf(outputs, i))),
    pack: (outputs) =>
      tf.concat(
        levels.map((_, i) =>
          tf.concat([scoresOf(outputs, i), rowsOf(outputs, i).slice([0, 0], [-1, 4 * bins])], 1),
        ),
      ),
    decode: (packed, minimum) => decodeBins(packed, minimum, { levels, classes, bins, input: card.input }),
  };
}
