/**
 * CenterNet: an object is a peak of its class's heat map; see HeadSpec `centernet`. Checked against the graph's own
 * `tower_0/detections` (detectors.browser.ts): x1 = 4·column − size₀, x2 = 4·column + size₂, and so on for y.
 */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard } from '../../domain/card.ts';
import type { RawBox } from '../nms.ts';
import { boxOfSides, outputAt, type Head } from './head.ts';

/** The heat map of CenterNet has a quarter of the input's sides. */
const STRIDE = 4;

export function centernetHead(card: DetectorCard, nodes: { heat: string; size: string }): Head {
  const { input } = card;
  const columns = input.width / STRIDE;
  const rows = input.height / STRIDE;
  const classes = card.labels.length;
  const channels = classes + 4;

  /** A peak is at least as high as its eight neighbours: the 3×3 max pooling of the original. */
  const isPeak = (packed: Float32Array, row: number, column: number, classIndex: number): boolean => {
    const height = packed[(row * columns + column) * channels + classIndex] ?? 0;
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
        if ((packed[(y * columns + x) * channels + classIndex] ?? 0) > height) return false;
      }
    }
    return true;
  };

  return {
    scoreCount: rows * columns * classes,
    scoreNodes: [nodes.heat],
    detectNodes: [nodes.heat, nodes.size],
    scores: (outputs) => outputAt(outputs, 0).reshape([rows * columns, classes]),
    pack: (outputs) => tf.concat([outputAt(outputs, 0), outputAt(outputs, 1)], 3),
    decode: (packed, minimum) => {
      const boxes: RawBox[] = [];
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const cell = row * columns + column;
          const at = cell * channels;
          for (let classIndex = 0; classIndex < classes; classIndex += 1) {
            const score = packed[at + classIndex] ?? 0;
            if (!(score > minimum) || !isPeak(packed, row, column, classIndex)) continue;
            const side = (i: number): number => packed[at + classes + i] ?? 0;
            const sides = {
              left: column * STRIDE - side(0),
              top: row * STRIDE - side(1),
              right: column * STRIDE + side(2),
              bottom: row * STRIDE + side(3),
            };
            boxes.push({
              ...boxOfSides(sides, input),
              classIndex,
              score,
              index: cell * classes + classIndex,
            });
          }
        }
      }
      return boxes;
    },
  };
}
