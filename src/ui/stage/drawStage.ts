/** Draws a frame, its heat map and its boxes on a canvas. Pure drawing: all state comes in. */
import type { Box } from '../../domain/detection.ts';
import type { BoxKinds } from '../store/labStore.ts';
import type { Picture } from '../store/picture.ts';
import { heatmapImage } from './heatmapImage.ts';
import type { ShownHeat } from './layers.ts';

/** Colours of the boxes; the chips of the legend use the same. Light enough for any frame, over a dark halo. */
export const BOX_STYLES = {
  now: { colour: '#5cc8ff', dash: [] },
  reference: { colour: '#ffd84d', dash: [7, 4] },
  exact: { colour: '#ff9ae0', dash: [1.5, 3.5] },
} as const satisfies Record<keyof BoxKinds, { colour: string; dash: readonly number[] }>;

const HALO = 'rgb(0 0 0 / 55%)';
const LABEL_FONT = '11px system-ui, sans-serif';

export interface StageDrawing {
  readonly picture: Picture;
  readonly heat: ShownHeat | null;
  readonly blend: number;
  readonly boxes: BoxKinds;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** @param scale device pixels for each CSS pixel */
export function drawStage(context: CanvasRenderingContext2D, drawing: StageDrawing, scale: number): void {
  const { picture, heat, blend, boxes, width, height } = drawing;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!picture.image) return;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture.image, 0, 0, width, height);
  if (heat) drawHeat(context, heat, blend, width, height);
  const frame = picture.frame;
  if (!frame) return;
  const outline = (box: Box, kind: keyof BoxKinds): void => drawBox(context, box, kind, width, height);
  if (boxes.exact) for (const box of frame.truth ?? []) if (!box.ignored) outline(box, 'exact');
  if (boxes.reference) for (const box of frame.reference) outline(box, 'reference');
  if (!boxes.now) return;
  for (const box of frame.detections) outline(box, 'now');
  for (const { label, score, x, y } of frame.detections) {
    drawLabel(context, `${label} ${score.toFixed(2)}`, x * width, y * height, width);
  }
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

function drawBox(
  context: CanvasRenderingContext2D,
  box: Box,
  kind: keyof BoxKinds,
  width: number,
  height: number,
): void {
  const { colour, dash } = BOX_STYLES[kind];
  const place = [box.x * width, box.y * height, box.width * width, box.height * height] as const;
  context.setLineDash([]);
  context.strokeStyle = HALO;
  context.lineWidth = 3.5;
  context.strokeRect(...place);
  context.setLineDash([...dash]);
  context.strokeStyle = colour;
  context.lineWidth = kind === 'now' ? 2 : 1.5;
  context.strokeRect(...place);
  context.setLineDash([]);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
): void {
  context.font = LABEL_FONT;
  context.textBaseline = 'middle';
  const wide = context.measureText(text).width + 8;
  const left = Math.max(0, Math.min(x - 1, width - wide));
  const top = y >= 16 ? y - 16 : y;
  context.fillStyle = BOX_STYLES.now.colour;
  context.fillRect(left, top, wide, 15);
  context.fillStyle = '#06202e';
  context.fillText(text, left + 4, top + 8);
}
