/** NanoDet's head: every box side is a distribution over a few bins; see HeadSpec `gfl`. */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard } from '../../domain/card.ts';
import type { ModelForm } from '../modelForm.ts';
import { decodeBins, type BinLevel } from './bins.ts';
import { outputAt, type Head } from './head.ts';

interface Level extends BinLevel {
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
  const scoreNodes = levels.map((level) => level.scoreNode);

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
    decode: (packed, minimum) =>
      decodeBins(packed, minimum, { levels, classes, bins: spec.bins, input: card.input }),
  };
}
