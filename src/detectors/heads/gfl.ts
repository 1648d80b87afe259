/** NanoDet's head: every box side is a distribution over a few bins; see HeadSpec `gfl`. */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard } from '../card.ts';
import type { ModelForm } from '../modelForm.ts';
import type { RawBox } from '../nms.ts';
import { boxOfSides, outputAt, type Head } from './head.ts';

interface Level {
  readonly stride: number;
  readonly columns: number;
  readonly cells: number;
  readonly scoreNode: string;
  readonly boxNode: string;
}

export interface GflSpec {
  readonly strides: readonly number[];
  readonly bins: number;
}

/**
 * Finds each stride's outputs by their shapes.
 * @throws Error naming the output that is missing
 */
export function gflLevels(form: ModelForm, card: DetectorCard, spec: GflSpec): Level[] {
  return spec.strides.map((stride) => {
    const columns = Math.ceil(card.input.width / stride);
    const cells = columns * Math.ceil(card.input.height / stride);
    const find = (width: number, of: string, not?: string): string => {
      const output = form.outputs.find(
        ({ name, shape }) => name !== not && shape.at(-2) === cells && shape.at(-1) === width,
      );
      if (output) return output.name;
      throw new Error(
        `The model has no output of shape [1, ${cells}, ${width}] with the ${of} of stride ${stride}. ` +
          'Give the card the input size and the classes that the model was exported with.',
      );
    };
    const scoreNode = find(card.labels.length, 'scores');
    return { stride, columns, cells, scoreNode, boxNode: find(4 * spec.bins, 'boxes', scoreNode) };
  });
}

export function gflHead(card: DetectorCard, spec: GflSpec, form: ModelForm): Head {
  const levels = gflLevels(form, card, spec);
  const classes = card.labels.length;
  const channels = classes + 4 * spec.bins;
  const scoreNodes = levels.map((level) => level.scoreNode);

  /** Expectation of one side's distribution, in strides. */
  const expectation = (packed: Float32Array, at: number): number => {
    let sum = 0;
    let weighted = 0;
    const largest = packed.subarray(at, at + spec.bins).reduce((a, b) => Math.max(a, b));
    for (let bin = 0; bin < spec.bins; bin += 1) {
      const weight = Math.exp((packed[at + bin] ?? 0) - largest);
      sum += weight;
      weighted += weight * bin;
    }
    return weighted / sum;
  };

  return {
    scoreCount: levels.reduce((sum, level) => sum + level.cells, 0) * classes,
    scoreNodes,
    detectNodes: [...scoreNodes, ...levels.map((level) => level.boxNode)],
    scores: (outputs) =>
      tf.concat(levels.map((level, i) => outputAt(outputs, i).reshape<tf.Tensor2D>([level.cells, classes]))),
    pack: (outputs) =>
      tf.concat(
        levels.map((_, i) => tf.concat([outputAt(outputs, i), outputAt(outputs, levels.length + i)], 2)),
        1,
      ),
    decode: (packed, minimum) => {
      const boxes: RawBox[] = [];
      let first = 0;
      for (const { stride, columns, cells } of levels) {
        for (let cell = 0; cell < cells; cell += 1) {
          const at = (first + cell) * channels;
          const centreX = ((cell % columns) + 0.5) * stride;
          const centreY = (Math.floor(cell / columns) + 0.5) * stride;
          const side = (i: number): number => expectation(packed, at + classes + i * spec.bins) * stride;
          for (let classIndex = 0; classIndex < classes; classIndex += 1) {
            const score = packed[at + classIndex] ?? 0;
            if (!(score > minimum)) continue;
            const sides = {
              left: centreX - side(0),
              top: centreY - side(1),
              right: centreX + side(2),
              bottom: centreY + side(3),
            };
            boxes.push({
              ...boxOfSides(sides, card.input),
              classIndex,
              score,
              index: (first + cell) * classes + classIndex,
            });
          }
        }
        first += cells;
      }
      return boxes;
    },
  };
}
