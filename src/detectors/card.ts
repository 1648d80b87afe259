/**
 * A detector's card: everything that its model file does not say. It lies beside a model as card.json, or in the
 * registry.
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
});

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
]);

const card = z.object({
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
export type InputSpec = Readonly<z.infer<typeof input>>;
export type DetectorCard = Readonly<z.infer<typeof card>>;

/**
 * Reads a card.json.
 * @throws Error naming every field that is wrong
 */
export function parseCard(json: unknown): DetectorCard {
  const result = card.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'card'}: ${issue.message}`);
  throw new Error(
    `The detector's card.json does not describe a detector (${faults.join('; ')}). Correct it.`,
  );
}
