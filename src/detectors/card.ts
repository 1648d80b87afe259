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

const head = z.discriminatedUnion('kind', [
  /**
   * Ours: one output [1, height/stride, width/stride, C + 4]. The first C channels are class logits, then left, top,
   * right and bottom: the box's sides lie exp(raw)·stride input pixels from the cell's centre.
   */
  z.object({ kind: z.literal('grid'), stride: z.int().positive() }),
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
