/** Head of our own detector: class logits and box sides in one tensor; see HeadSpec `grid`. */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard, HeadSpec } from '../../domain/card.ts';
import type { RawBox } from '../nms.ts';
import { boxAroundCell, outputAt, type Head } from './head.ts';

export type GridSpec = Extract<HeadSpec, { kind: 'grid' }>;

/** @param exit where the network stops; undefined: at its end */
export function gridHead({ input, labels }: DetectorCard, spec: GridSpec, exit?: number): Head {
  const { stride, margin = 0, exits } = spec;
  const nodes = exits ? [outputOf(exits, exit ?? exits.length - 1)] : undefined;
  const columns = Math.ceil(input.width / stride);
  const rows = Math.ceil(input.height / stride);
  const classes = labels.length;
  const channels = classes + 4;
  return {
    scoreCount: rows * columns * classes,
    scoreNodes: nodes,
    detectNodes: nodes,
    scores: (outputs) => {
      const cells = outputAt(outputs, 0).reshape<tf.Tensor2D>([rows * columns, channels]);
      return tf.sigmoid(cells.slice([0, 0], [rows * columns, classes]));
    },
    pack: (outputs) => outputAt(outputs, 0).clone(),
    decode: (packed, minimum) => {
      const boxes: RawBox[] = [];
      const minimumLogit = Math.log(minimum / (1 - minimum));
      for (let cell = 0; cell < rows * columns; cell += 1) {
        const at = cell * channels;
        const side = (i: number): number => (Math.exp(packed[at + classes + i] ?? 0) - margin) * stride;
        for (let classIndex = 0; classIndex < classes; classIndex += 1) {
          const logit = packed[at + classIndex] ?? -Infinity;
          if (!(logit > minimumLogit)) continue;
          boxes.push({
            ...boxAroundCell(cell, { columns, stride }, side, input),
            classIndex,
            score: 1 / (1 + Math.exp(-logit)),
            index: cell * classes + classIndex,
          });
        }
      }
      return boxes;
    },
  };
}

function outputOf(exits: NonNullable<GridSpec['exits']>, exit: number): string {
  const output = exits[exit]?.output;
  if (output !== undefined) return output;
  throw new Error(`The detector has no exit ${exit}. Use one of 0 … ${exits.length - 1}.`);
}
