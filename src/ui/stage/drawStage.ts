/** Draws a frame, its heat map and its boxes on a canvas. Pure drawing: all state comes in. */
import type { Box, Detection } from '../../domain/detection.ts';
import type { BoxKinds } from '../store/labStore.ts';
import type { Picture } from '../store/picture.ts';
import { heatmapImage, heatRange } from './heatmapImage.ts';
import type { ShownHeat } from './layers.ts';

/** Colours of the boxes; the chips of the legend use the same. Light enough for any frame, over a dark halo. */
export const BOX_STYLES = {
  now: { colour: '#5cc8ff', dash: [] },
  reference: { colour: '#ffd84d', dash: [7, 4] },
  exact: { colour: '#ff9ae0', dash: [1.5, 3.5] },
} as const satisfies Record<keyof BoxKinds, { colour: string; dash: readonly number[] }>;

const HALO = 'rgb(0 0 0 / 55%)';
const LABEL_FONT = '10.5px system-ui, sans-serif';
const LABEL_INK = '#06202e';
const LABEL_HEIGHT = 14;

export interface StageDrawing {
  readonly picture: Picture;
  readonly heat: ShownHeat | null;
  readonly blend: number;
  readonly boxes: BoxKinds;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** On an empty canvas whose unit is a CSS pixel. */
export function drawStage(context: CanvasRenderingContext2D, drawing: StageDrawing): void {
  const { picture, heat, blend, boxes, width, height } = drawing;
  if (!picture.image) return;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture.image, 0, 0, width, height);
  if (heat && heatRange(heat.heatmap, heat.map).max > 0) drawHeat(context, heat, blend, width, height);
  const frame = picture.frame;
  if (!frame) return;
  const outline = (box: Box, kind: keyof BoxKinds): void => drawBox(context, box, kind, width, height);
  if (boxes.exact) for (const box of frame.truth ?? []) if (!box.ignored) outline(box, 'exact');
  if (boxes.reference) for (const box of frame.reference) outline(box, 'reference');
  if (!boxes.now) return;
  drawDetections(context, frame.detections, width, height);
}

/** Boxes with their labels, as the present ones are drawn. */
export function drawDetections(
  context: CanvasRenderingContext2D,
  detections: readonly Detection[],
  width: number,
  height: number,
): void {
  for (const box of detections) drawBox(context, box, 'now', width, height);
  drawLabels(context, detections, width, height);
}

/** The cells are drawn sharp: what is seen is what was computed. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  heat: ShownHeat,
  blend: number,
  width: number,
  height: number,
): void {
  context.save();
  context.imageSmoothingEnabled = false;
  context.globalAlpha = blend;
  context.drawImage(heatmapImage(heat.heatmap, heat.map), 0, 0, width, height);
  context.restore();
}

/** Boxes without labels, for a small picture: thin lines. */
export function drawBoxes(
  context: CanvasRenderingContext2D,
  boxes: readonly Box[],
  kind: keyof BoxKinds,
  width: number,
  height: number,
): void {
  for (const box of boxes) drawBox(context, box, kind, width, height, SMALL);
}

/** Width of the lines in a small picture, of those on the stage. */
const SMALL = 0.65;

function drawBox(
  context: CanvasRenderingContext2D,
  box: Box,
  kind: keyof BoxKinds,
  width: number,
  height: number,
  weight = 1,
): void {
  const { colour, dash } = BOX_STYLES[kind];
  const place = [box.x * width, box.y * height, box.width * width, box.height * height] as const;
  context.setLineDash([]);
  context.strokeStyle = HALO;
  context.lineWidth = 3.5 * weight;
  context.strokeRect(...place);
  context.setLineDash(dash.map((length) => length * weight));
  context.strokeStyle = colour;
  context.lineWidth = (kind === 'now' ? 2 : 1.5) * weight;
  context.strokeRect(...place);
  context.setLineDash([]);
}

/** "person .83". */
export const labelOf = ({ label, score }: Detection): string =>
  `${label} ${score.toFixed(2).replace(/^0/, '')}`;

/** In a crowd, boxes much narrower than their label go without; the pointer still names them. */
const CROWD = 10;
const LEAST_WIDTH_IN_CROWD = 0.45;

/** Labels stand above their box, or below it where another label is already there; the most certain come first. */
function drawLabels(
  context: CanvasRenderingContext2D,
  detections: readonly Detection[],
  width: number,
  height: number,
): void {
  context.font = LABEL_FONT;
  context.textBaseline = 'middle';
  const taken: Box[] = [];
  for (const box of [...detections].sort((a, b) => b.score - a.score)) {
    const text = labelOf(box);
    const wide = context.measureText(text).width + 6;
    if (detections.length > CROWD && box.width * width < wide * LEAST_WIDTH_IN_CROWD) continue;
    const x = Math.max(0, Math.min(box.x * width - 1, width - wide));
    const above = box.y * height - LABEL_HEIGHT - 1;
    const below = (box.y + box.height) * height + 1;
    const place = [above, below]
      .map((y) => ({ x, y, width: wide, height: LABEL_HEIGHT }))
      .find((p) => p.y >= 0 && p.y + LABEL_HEIGHT <= height && !taken.some((t) => overlap(t, p)));
    if (!place) continue;
    taken.push(place);
    context.fillStyle = BOX_STYLES.now.colour;
    context.fillRect(place.x, place.y, wide, LABEL_HEIGHT);
    context.fillStyle = LABEL_INK;
    context.fillText(text, place.x + 3, place.y + LABEL_HEIGHT / 2 + 0.5);
  }
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
