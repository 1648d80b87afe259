/** What the HTML report shows of the newest interval: the frame with its boxes, and every heat map over it. */
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import type { ReportPicture } from '../../reports/index.ts';
import { drawStage } from '../stage/drawStage.ts';
import { heatScale } from '../stage/heatmapImage.ts';
import { heatOf, LAYER_UNITS } from '../stage/layers.ts';
import { useLab, type Layer } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';

const WIDTH = 480;
const BLEND = 0.7;

/** Empty where nothing was seen, as with a report that was opened. */
export function reportPictures(): ReportPicture[] {
  const picture = currentPicture();
  const { info, view } = useLab.getState();
  if (!picture.image || !info) return [];
  const height = Math.round((WIDTH * info.captureSize.height) / info.captureSize.width);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return [];
  const noBoxes = { now: false, reference: false, exact: false };
  const draw = (title: string, layer: Layer, knob: KnobName): ReportPicture[] => {
    const heat = heatOf(picture.gradients, layer, knob);
    if (!heat && layer !== 'none') return [];
    const boxes = layer === 'none' ? view.boxes : noBoxes;
    drawStage(context, { picture, heat, blend: BLEND, boxes, width: WIDTH, height });
    const scale =
      heat && layer !== 'none' && layer !== 'all'
        ? { scale: { ...heatScale(heat.heatmap, heat.map), unit: LAYER_UNITS[layer] } }
        : {};
    return [{ title, dataUrl: canvas.toDataURL('image/webp', 0.8), ...scale }];
  };
  return [
    ...draw('Last frame with its boxes', 'none', 'quantizer'),
    ...draw('DNNGrad', 'dnnGrad', 'quantizer'),
    ...draw('What each tile’s full quality is worth', 'tiles', 'quantizer'),
    ...KNOB_NAMES.flatMap((name) => draw(`InputGrad of ${KNOB_LABELS[name]}`, 'inputGrad', name)),
    ...KNOB_NAMES.flatMap((name) => draw(`Product of ${KNOB_LABELS[name]}`, 'product', name)),
  ];
}
