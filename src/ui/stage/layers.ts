/** Which heat map a layer shows, how it is coloured, and what its numbers mean. */
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import type { GradientView, Heatmap } from '../../engine/events.ts';
import type { Layer } from '../store/labStore.ts';
import type { TermName } from '../help/glossary.ts';
import type { ColourMapName } from './colourMaps.ts';

export interface ShownHeat {
  readonly heatmap: Heatmap;
  readonly map: ColourMapName;
}

/** null where the layer has none, or the interval learnt nothing about the knob. */
export function heatOf(gradients: GradientView | null, layer: Layer, knob: KnobName): ShownHeat | null {
  if (!gradients) return null;
  switch (layer) {
    case 'none':
    case 'all':
      return null;
    case 'dnnGrad':
      return { heatmap: gradients.dnnGrad, map: 'magnitude' };
    case 'inputGrad': {
      const heatmap = gradients.knobs[knob]?.maps?.inputGrad;
      return heatmap ? { heatmap, map: 'magnitude' } : null;
    }
    case 'product': {
      const heatmap = gradients.knobs[knob]?.maps?.product;
      return heatmap ? { heatmap, map: 'signed' } : null;
    }
    case 'tiles':
      return gradients.tiles ? { heatmap: gradients.tiles.values, map: 'signed' } : null;
  }
}

/** Why a knob that was probed has no heat map. */
export const NO_PIXELS =
  'No pixel moves with this knob: the neighbour looked at one frame instead, and AccGrad is what it saw differently.';

/** Those with a heat map of their own. */
type ShownLayer = Exclude<Layer, 'none' | 'all'>;

export const LAYER_TERMS: Readonly<Record<ShownLayer, TermName>> = {
  dnnGrad: 'dnnGrad',
  inputGrad: 'inputGrad',
  product: 'product',
  tiles: 'tileValue',
};

/** What one unit of the map is. */
export const LAYER_UNITS: Readonly<Record<ShownLayer, string>> = {
  dnnGrad: 'U per grey level',
  inputGrad: 'grey levels',
  product: 'U',
  tiles: 'U',
};

/** Value of the layer select: "dnnGrad", "inputGrad:quantizer". */
export const layerValue = (layer: Layer, knob: KnobName): string =>
  layer === 'inputGrad' || layer === 'product' ? `${layer}:${knob}` : layer;

/** The layers of the knobs that are probed. */
export const layerOptions = (knobs: readonly KnobName[]) => [
  { value: 'none', label: 'Frame only' },
  { value: 'dnnGrad', label: 'DNNGrad' },
  { value: 'tiles', label: 'Tiles' },
  { value: 'all', label: 'All knobs side by side' },
  ...knobs.map((name) => ({
    value: `inputGrad:${name}`,
    label: `InputGrad · ${KNOB_LABELS[name]}`,
    group: 'InputGrad',
  })),
  ...knobs.map((name) => ({
    value: `product:${name}`,
    label: `Product · ${KNOB_LABELS[name]}`,
    group: 'DNNGrad × InputGrad',
  })),
];
