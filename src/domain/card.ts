/**
 * A detector's card: everything that its model file does not say. It lies beside a model as card.json, in the
 * registry, or in an experiment.
 */
import { z } from 'zod';

const triple = z.tuple([z.number(), z.number(), z.number()]);

const input = z.object({
  /** Pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
  layout: z.enum(['NHWC', 'NCHW']),
  /** Order of the colour channels. */
  channels: z.enum(['RGB', 'BGR']),
  /** Normalised input = (pixel 0…255 − mean) / std, per channel in the order of `channels`. */
  mean: triple,
  std: triple.refine((std) => std.every((s) => s !== 0), 'No std may be 0.'),
  /** The graph's node whose output is replaced by the picture; absent: its input. */
  node: z.string().optional(),
});

/** Names of graph nodes, one for each level of resolution. */
const levels = z.array(z.string()).min(1);

/**
 * Boxes and scores of N cells as plain numbers, as YOLO, SSD and BlazeFace exports have them; a node may hold both.
 */
const boxesHead = z
  .object({
    kind: z.literal('boxes'),
    /** The nodes' cells are put one level after another. */
    scores: levels,
    boxes: levels,
    /** "cellsFirst": [1, N, columns], [N, columns] or [1, N, 1, columns]; "cellsLast": [1, columns, N]. */
    layout: z.enum(['cellsFirst', 'cellsLast']),
    /** Column of the first label's score: 1 where the background comes first, 4 or 5 behind a box. */
    firstClass: z.int().nonnegative(),
    /** Column of a cell's probability to hold anything, by which its scores are multiplied; null: none. */
    objectness: z.int().nonnegative().nullable(),
    /** Scores and objectness are logits: a sigmoid comes first. */
    logits: z.boolean(),
    /** Column of a box's first number. */
    firstBox: z.int().nonnegative(),
    /** A box's four numbers: left, top, right, bottom; top, left, bottom, right; or centre and size. */
    coding: z.enum(['xyxy', 'yxyx', 'cxcywh']),
    unit: z.enum(['fraction', 'pixel']),
    /**
     * Where centres are given as distances from the middle of cells: for each stride how many boxes a cell has, in the
     * order of the cells. Only with "cxcywh".
     */
    anchors: z.array(z.object({ stride: z.int().positive(), perCell: z.int().positive() })).optional(),
  })
  .refine(({ scores, boxes }) => scores.length === boxes.length, 'As many nodes of boxes as of scores.')
  .refine(({ anchors, coding }) => !anchors || coding === 'cxcywh', 'Anchors need the coding "cxcywh".');

/**
 * YOLOv8, YOLOv9 and YOLO11 before decoding: for each stride one node [1, height/stride, width/stride, 4·bins + C] of
 * box logits (left, top, right, bottom: each side the expectation over its bins, in strides from the cell's centre) and
 * class logits.
 */
const dflHead = z
  .object({
    kind: z.literal('dfl'),
    nodes: levels,
    strides: z.array(z.int().positive()).min(1),
    bins: z.int().min(2),
  })
  .refine(({ nodes, strides }) => nodes.length === strides.length, 'As many strides as nodes.');

const averagePrecision = z.object({
  /** At IoU 0.5: the mean over the classes, and each. */
  AP50: z.number().min(0).max(1),
  byClass: z.record(z.string(), z.number()),
});

/** An early exit of an anytime network: where it stops, what a pass costs, how good it is. */
const exit = z.object({
  output: z.string(),
  multiplyAdds: z.int().positive(),
  accuracy: averagePrecision.optional(),
});

const head = z.discriminatedUnion('kind', [
  /**
   * Ours: an output [1, height/stride, width/stride, C + 4]. The first C channels are class logits, then left, top,
   * right and bottom: the box's sides lie (exp(raw) − margin)·stride input pixels from the cell's centre. A network
   * of several exits names the output of each, cheap to expensive; without them it has one output.
   */
  z.object({
    kind: z.literal('grid'),
    stride: z.int().positive(),
    margin: z.number().min(0).optional(),
    exits: z.array(exit).min(2).optional(),
  }),
  /**
   * CenterNet (Zhou et al., 2019) with four-sided boxes (TTFNet): `heat` [1, h, w, C] are scores in [0, 1], `size`
   * [1, h, w, 4] the distances of left, top, right and bottom from the cell's corner in input pixels.
   */
  z.object({ kind: z.literal('centernet'), heat: z.string(), size: z.string() }),
  /**
   * Generalised focal loss (Li et al., 2020), as in NanoDet: for each stride scores [1, cells, C] in [0, 1] and box
   * logits [1, cells, 4·bins], each side the expectation over its bins, in strides from the cell's centre. The
   * outputs are told apart by their shapes.
   */
  z.object({
    kind: z.literal('gfl'),
    strides: z.array(z.int().positive()).min(1),
    bins: z.int().min(2),
  }),
  boxesHead,
  dflHead,
]);

export const detectorCard = z.object({
  name: z.string().min(1),
  /** As a person reads it. */
  label: z.string(),
  description: z.string(),
  licence: z.string(),
  input,
  head,
  labels: z.array(z.string()).min(1),
  /** A detection counts when its score is above this. */
  threshold: z.number().min(0).max(1),
  parameters: z.int().positive().optional(),
  /** Of a whole pass at the card's input size. */
  multiplyAdds: z.int().positive().optional(),
  /** Of a whole pass, as `measured` says. */
  accuracy: averagePrecision.optional(),
  /** On what, and what was counted. */
  measured: z.string().optional(),
  training: z.string().optional(),
});

export type HeadSpec = Readonly<z.infer<typeof head>>;
export type BoxesHeadSpec = Readonly<z.infer<typeof boxesHead>>;
export type DflHeadSpec = Readonly<z.infer<typeof dflHead>>;
export type InputSpec = Readonly<z.infer<typeof input>>;
export type DetectorCard = Readonly<z.infer<typeof detectorCard>>;

/**
 * Reads a card.json.
 * @throws Error naming every field that is wrong
 */
export function parseCard(json: unknown): DetectorCard {
  const result = detectorCard.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'card'}: ${issue.message}`);
  throw new Error(
    `The detector's card.json does not describe a detector (${faults.join('; ')}). Correct it.`,
  );
}
