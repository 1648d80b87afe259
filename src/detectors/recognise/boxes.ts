/**
 * YOLO and SSD exports: runs the graph once on noise and looks among what comes behind its last convolutions for boxes
 * and scores. Nothing is taken from names of nodes, which every exporter invents anew.
 */
import * as tf from '@tensorflow/tfjs';
import type { BoxesHeadSpec, DflHeadSpec, InputSpec } from '../../domain/card.ts';
import type { Network } from '../detector.ts';
import { nodeOf } from '../graph.ts';
import { assertReasonable, inputShape } from '../pixels.ts';
import { boxEvidence, type BoxForm } from './boxEvidence.ts';
import { labelsFor, type Evidence, type Proposal, type Runnable } from './evidence.ts';
import { measure, type Table } from './measure.ts';
import { rawLevels } from './rawLevels.ts';

/** Side of the picture where the graph takes any. */
const DEFAULT_SIDE = 320;

const CODINGS: Readonly<Record<BoxesHeadSpec['coding'], string>> = {
  cxcywh: 'centre and size',
  xyxy: 'left, top, right, bottom',
  yxyx: 'top, left, bottom, right',
};

/** @returns undefined when there are no boxes with scores among what the graph computes */
export async function recogniseBoxes({ names, form, runnable }: Evidence): Promise<Proposal | undefined> {
  if (!runnable) return undefined;
  const { input, reasons } = proposeInput(runnable);
  assertReasonable(input);
  const levels = rawLevels(runnable.graph, runnable.feed.node);
  const { tables, shapes } = await measure(runnable, input, levels);
  const declared = new Set(form.outputs.map(({ name }) => nodeOf(name)));
  // The graph's own outputs first, then what it computes last.
  const groups = [tables.filter(({ node }) => declared.has(node)), tables];
  const found = groups.map((group) => findJoined(group, input) ?? findPair(group, input)).find(Boolean);
  if (!found) return undefined;
  const { head, classes, isJoined } = found;
  const { labels, reason } = labelsFor(classes, names);
  const decodable = rawHead(levels, shapes, input, classes);
  const raw = decodable && takesOtherSizes(runnable.network, input, decodable) ? decodable : undefined;
  const where = [...new Set([...head.boxes, ...head.scores])].join(' and ');
  return {
    kind: isJoined ? 'YOLO' : 'Boxes and scores',
    reasons: [
      `${where} hold boxes (${CODINGS[head.coding]}, in ${head.unit}s) spread over the picture like cells, with scores`,
      ...(head.objectness === null ? [] : ['the column behind the box is taken for objectness']),
      ...(raw
        ? [
            `decoded from ${levels.join(', ')}, by which the picture may have any sides that are multiples of 32`,
          ]
        : []),
      ...reasons,
      reason,
    ],
    input,
    head: raw ?? head,
    labels,
    // Confidence of a prediction in ultralytics cfg/default.yaml; examples of SSD use 0.5.
    threshold: isJoined ? 0.25 : 0.5,
  };
}

/** The head that decodes the raw levels, where their shapes are as it needs them. */
function rawHead(
  levels: readonly string[],
  shapes: ReadonlyMap<string, readonly number[]>,
  input: InputSpec,
  classes: number,
): DflHeadSpec | undefined {
  const forms = levels.map((node) => {
    const [, rows = 0, columns = 0, channels = 0] = shapes.get(node) ?? [];
    return { stride: input.height / rows, isEven: input.width / columns === input.height / rows, channels };
  });
  const bins = ((forms[0]?.channels ?? 0) - classes) / 4;
  const fits =
    Number.isInteger(bins) &&
    bins > 1 &&
    forms.every(
      ({ stride, isEven, channels }) => isEven && Number.isInteger(stride) && channels === classes + 4 * bins,
    );
  if (!fits) return undefined;
  return { kind: 'dfl', nodes: [...levels], strides: forms.map(({ stride }) => stride), bins };
}

/** Free of what 32-bit constants add. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** Size, order of channels and normalisation, as far as the graph shows them. */
export function proposeInput({ feed }: Runnable): { input: InputSpec; reasons: string[] } {
  const { size, factor, offset, layout } = feed;
  const [height, width] = size ?? [DEFAULT_SIDE, DEFAULT_SIDE];
  const isChanged = factor !== 1 || offset !== 0;
  const [mean, std] = isChanged
    ? [rounded(-offset / factor), rounded(1 / factor)]
    : [0, feed.normalisesItself ? 1 : 255];
  const channels = /bgr/i.test(feed.picture) ? 'BGR' : 'RGB';
  const input: InputSpec = {
    ...{ width, height, layout, channels },
    mean: [mean, mean, mean],
    std: [std, std, std],
    ...(feed.reason === null ? {} : { node: feed.node }),
  };
  const reasons = [
    ...(feed.reason === null ? [] : [feed.reason]),
    size ? '' : `it takes any size: ${DEFAULT_SIDE}x${DEFAULT_SIDE} is assumed`,
    isChanged
      ? `pixels normalised as the graph does before (${mean.toFixed(1)}, ${std.toFixed(1)})`
      : feed.normalisesItself
        ? 'the graph normalises pixels itself'
        : `${channels} pixels in 0…1 assumed, as the graph does not normalise them`,
  ];
  return { input, reasons: reasons.filter((reason) => reason !== '') };
}

/** Are the raw levels as large as they should be when the picture is larger? Tried, as other constants may stand in the way. */
function takesOtherSizes(network: Network, input: InputSpec, { nodes, strides }: DflHeadSpec): boolean {
  const coarsest = Math.max(...strides);
  const larger = { ...input, width: input.width + coarsest, height: input.height + 2 * coarsest };
  try {
    return tf.tidy(() =>
      network.run(tf.zeros(inputShape(larger)), nodes).every(({ shape }, i) => {
        const stride = strides[i] ?? 1;
        return shape[1] === larger.height / stride && shape[2] === larger.width / stride;
      }),
    );
  } catch {
    return false;
  }
}

interface Found {
  readonly head: BoxesHeadSpec;
  readonly classes: number;
  /** Boxes and scores are in one tensor. */
  readonly isJoined: boolean;
}

/** Cells of a picture with one box each at strides 8, 16 and 32. */
const cellsOf = ({ width, height }: InputSpec): number =>
  [8, 16, 32].reduce((sum, stride) => sum + Math.ceil(width / stride) * Math.ceil(height / stride), 0);

/** Boxes and scores in one tensor: box, perhaps objectness, classes. YOLOv5 has three boxes a cell, YOLOv8 one. */
function findJoined(tables: readonly Table[], input: InputSpec): Found | undefined {
  for (const table of tables) {
    if (table.columns < 5) continue;
    const boxes = boxEvidence(table.at, table.cells, input);
    if (!boxes) continue;
    const hasObjectness = table.columns > 5 && table.cells === 3 * cellsOf(input);
    const firstClass = hasObjectness ? 5 : 4;
    const head = headOf(table, table, boxes, { firstClass, objectness: hasObjectness ? 4 : null });
    return { head, classes: table.columns - firstClass, isJoined: true };
  }
  return undefined;
}

/** Boxes in one tensor, scores of the same cells in another. */
function findPair(tables: readonly Table[], input: InputSpec): Found | undefined {
  for (const boxTable of tables) {
    const boxes = boxTable.columns === 4 ? boxEvidence(boxTable.at, boxTable.cells, input) : undefined;
    if (!boxes) continue;
    const others = tables.filter(
      ({ node, cells, columns, layout, at }) =>
        node !== boxTable.node &&
        cells === boxTable.cells &&
        layout === boxTable.layout &&
        (columns !== 4 || !boxEvidence(at, cells, input)),
    );
    // Not one class taken out for its own suppression.
    const most = Math.max(...others.map(({ columns }) => columns));
    const scoreTable = others.find(({ columns }) => columns > most / 2);
    if (!scoreTable) continue;
    const head = headOf(scoreTable, boxTable, boxes, { firstClass: 0, objectness: null });
    return { head, classes: scoreTable.columns, isJoined: false };
  }
  return undefined;
}

function headOf(
  scores: Table,
  boxes: Table,
  form: BoxForm,
  { firstClass, objectness }: Pick<BoxesHeadSpec, 'firstClass' | 'objectness'>,
): BoxesHeadSpec {
  return {
    kind: 'boxes',
    scores: [scores.node],
    boxes: [boxes.node],
    layout: scores.layout,
    firstClass,
    objectness,
    logits: !areProbabilities(scores, firstClass),
    firstBox: 0,
    ...form,
  };
}

function areProbabilities({ at, cells, columns }: Table, first: number): boolean {
  for (let cell = 0; cell < cells; cell += 1) {
    for (let column = first; column < columns; column += 1) {
      const value = at(cell, column);
      if (!(value >= -1e-4 && value <= 1 + 1e-4)) return false;
    }
  }
  return true;
}
