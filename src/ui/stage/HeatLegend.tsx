/** The colour map of the shown layer with its numbers; the newest interval's. */
import { GLOSSARY } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { scientific } from '../format.ts';
import { useLab } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';
import { cssGradient } from './colourMaps.ts';
import { heatRange } from './heatmapImage.ts';
import { heatOf, LAYER_TERMS, LAYER_UNITS, NO_PIXELS } from './layers.ts';

/** They cost encodes and so are asked for only where they are needed. */
const NO_TILE_VALUES = 'not known; tune Tiles, or set it below 100 %';

export function HeatLegend() {
  const layer = useLab((state) => state.view.layer);
  const knob = useLab((state) => state.view.layerKnob);
  const interval = useLab((state) => state.gradientsOf);
  if (layer === 'none' || layer === 'all') return null;
  if (interval === null) return null;
  const { gradients } = currentPicture();
  const heat = heatOf(gradients, layer, knob);
  const age = layer === 'inputGrad' ? 0 : (gradients?.dnnGradAge ?? 0);
  const term = LAYER_TERMS[layer];
  if (!heat) {
    const wasProbed = currentPicture().gradients?.knobs[knob] !== undefined;
    const reason = layer === 'tiles' ? NO_TILE_VALUES : 'this knob was not probed';
    return (
      <span className="heat-legend hint">
        {wasProbed && layer !== 'tiles' ? NO_PIXELS : `${GLOSSARY[term].title}: ${reason}`}
      </span>
    );
  }
  const { min, max } = heatRange(heat.heatmap, heat.map);
  if (max === 0) {
    return (
      <span className="heat-legend hint">
        {GLOSSARY[term].title}: zero everywhere, both neighbours look the same
      </span>
    );
  }
  return (
    <span className="heat-legend" title="The ends of the colours are the 99th percentile of the cells">
      <Term name={term}>{GLOSSARY[term].title}</Term>
      <span className="number">{heat.map === 'signed' ? `≤ ${scientific(min)}` : '0'}</span>
      <span className="heat-ramp" style={{ background: cssGradient(heat.map) }} aria-hidden="true" />
      <span className="number">≥ {scientific(max)}</span>
      <span className="unit">{LAYER_UNITS[layer]}</span>
      {age > 0 && (
        <span className="unit">
          <Term name="backwardShare">pass</Term> {age} {age === 1 ? 'interval' : 'intervals'} ago
        </span>
      )}
    </span>
  );
}
