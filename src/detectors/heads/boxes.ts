/**
 * Boxes and scores of every cell as numbers that need little decoding: YOLO, SSD and BlazeFace exports; see HeadSpec
 * `boxes`. Sources: YOLOv5 models/tf.py (TFDetect, TFModel.predict), ultralytics nn/modules/head.py (Detect), TensorFlow
 * Object Detection core/post_processing.py, MediaPipe tensors_to_detections_calculator.cc (BlazeFace).
 */
import * as tf from '@tensorflow/tfjs';
import type { BoxesHeadSpec, DetectorCard } from '../../domain/card.ts';
import type { ModelForm } from '../modelForm.ts';
import type { RawBox } from '../nms.ts';
import { boxOfSides, outputAt, type Head } from './head.ts';

/** Cells of a node's tensor by its shape: [1, N, columns], [N, columns], [1, N, 1, columns], or with N last. */
function cellsOf(form: ModelForm, node: string, layout: BoxesHeadSpec['layout']): [number, number] {
  const shape = form.outputs
    .find(({ name }) => name === node)
    ?.shape.filter((side, i, all) => {
      return side !== 1 || i === all.length - 1;
    });
  const [first = 0, second = 0] = shape ?? [];
  if (shape?.length === 2 && first > 0 && second > 0) {
    return layout === 'cellsFirst' ? [first, second] : [second, first];
  }
  throw new Error(
    `The detector's card.json does not fit the model: its node ${node} does not hold a row of numbers for each cell. ` +
      'Name nodes of shape [1, cells, columns], or say layout "cellsLast" for [1, columns, cells].',
  );
}

interface Level {
  readonly cells: number;
  /** Places of the nodes in the head's list of nodes. */
  readonly scoresAt: number;
  readonly boxesAt: number;
}

/** @throws Error where the nodes have too few columns, or scores and boxes not the same cells */
function levelsOf(spec: BoxesHeadSpec, nodes: readonly string[], classes: number, form: ModelForm): Level[] {
  return spec.scores.map((scores, i) => {
    const boxes = spec.boxes[i] ?? '';
    const [cells, scoreColumns] = cellsOf(form, scores, spec.layout);
    const [boxCells, boxColumns] = cellsOf(form, boxes, spec.layout);
    const fits =
      cells === boxCells &&
      scoreColumns >= spec.firstClass + classes &&
      boxColumns >= spec.firstBox + 4 &&
      (spec.objectness === null || spec.objectness < scoreColumns);
    if (fits) return { cells, scoresAt: nodes.indexOf(scores), boxesAt: nodes.indexOf(boxes) };
    throw new Error(
      `The detector's card.json does not fit the model: it has ${cells} cells with ${scoreColumns} columns in ` +
        `${scores} and ${boxCells} with ${boxColumns} in ${boxes}. Correct the card's head or its labels.`,
    );
  });
}

/** Centres of all anchors in input pixels, [x, y, x, y, …], row by row, the anchors of a cell one after another. */
function anchorCentres(spec: BoxesHeadSpec, { width, height }: DetectorCard['input']): Float32Array {
  const centres: number[] = [];
  for (const { stride, perCell } of spec.anchors ?? []) {
    for (let row = 0; row < Math.ceil(height / stride); row += 1) {
      for (let column = 0; column < Math.ceil(width / stride); column += 1) {
        for (let i = 0; i < perCell; i += 1) centres.push((column + 0.5) * stride, (row + 0.5) * stride);
      }
    }
  }
  return Float32Array.from(centres);
}

/**
 * @param form its outputs must hold the shapes of the nodes that the card names
 * @throws Error where card and model do not go together
 */
export function boxesHead(card: DetectorCard, spec: BoxesHeadSpec, form: ModelForm): Head {
  const { input } = card;
  const classes = card.labels.length;
  const scoreNodes = [...new Set(spec.scores)];
  const detectNodes = [...new Set([...spec.scores, ...spec.boxes])];
  const levels = levelsOf(spec, detectNodes, classes, form);
  const cells = levels.reduce((sum, level) => sum + level.cells, 0);
  const centres = anchorCentres(spec, input);
  if (spec.anchors && centres.length !== 2 * cells) {
    throw new Error(
      `The detector's card.json does not fit the model: its anchors are ${centres.length / 2}, the model's cells ` +
        `${cells}. Correct the card's anchors or its input size.`,
    );
  }
  const channels = classes + 4;
  const [unitX, unitY] = spec.unit === 'pixel' ? [1, 1] : [input.width, input.height];

  /** Some columns of a node's tensor, [cells, count]. */
  const columns = (output: tf.Tensor, count: number, first: number, width: number): tf.Tensor2D =>
    spec.layout === 'cellsFirst'
      ? output.reshape<tf.Tensor2D>([count, -1]).slice([0, first], [count, width])
      : output.reshape<tf.Tensor2D>([-1, count]).slice([first, 0], [width, count]).transpose();
  const probability = (x: tf.Tensor2D): tf.Tensor2D => (spec.logits ? tf.sigmoid(x) : x);
  const scores = (outputs: readonly tf.Tensor[]): tf.Tensor2D =>
    tf.concat(
      levels.map((level) => {
        const output = outputAt(outputs, level.scoresAt);
        const ofClass = probability(columns(output, level.cells, spec.firstClass, classes));
        if (spec.objectness === null) return ofClass;
        return ofClass.mul<tf.Tensor2D>(probability(columns(output, level.cells, spec.objectness, 1)));
      }),
    );

  /** Left, top, right and bottom in input pixels, of the four numbers at `at`. */
  const sidesOf = (packed: Float32Array, at: number, cell: number): Parameters<typeof boxOfSides>[0] => {
    const [a = 0, b = 0, c = 0, d = 0] = packed.subarray(at, at + 4);
    if (spec.coding === 'xyxy')
      return { left: a * unitX, top: b * unitY, right: c * unitX, bottom: d * unitY };
    if (spec.coding === 'yxyx')
      return { left: b * unitX, top: a * unitY, right: d * unitX, bottom: c * unitY };
    const x = a * unitX + (centres[2 * cell] ?? 0);
    const y = b * unitY + (centres[2 * cell + 1] ?? 0);
    const [halfWidth, halfHeight] = [(c * unitX) / 2, (d * unitY) / 2];
    return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
  };

  return {
    scoreCount: cells * classes,
    scoreNodes,
    detectNodes,
    scores,
    pack: (outputs) => {
      const boxes = levels.map((level) =>
        columns(outputAt(outputs, level.boxesAt), level.cells, spec.firstBox, 4),
      );
      return tf.concat([scores(outputs), tf.concat(boxes)], 1);
    },
    decode: (packed, minimum) => {
      const found: RawBox[] = [];
      for (let cell = 0; cell < cells; cell += 1) {
        const at = cell * channels;
        for (let classIndex = 0; classIndex < classes; classIndex += 1) {
          const score = packed[at + classIndex] ?? 0;
          if (!(score > minimum)) continue;
          const box = boxOfSides(sidesOf(packed, at + classes, cell), input);
          found.push({ ...box, classIndex, score, index: cell * classes + classIndex });
        }
      }
      return found;
    },
  };
}
