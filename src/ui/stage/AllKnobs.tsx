/** Every heat map of the interval side by side: what the detector looks at, what each knob moves, their product. */
import { useEffect, useRef, type CSSProperties } from 'react';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { force, knobValue, scientific } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { lastRecord, useLab, type Layer } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';
import { setLayer } from '../store/view.ts';
import { cssGradient } from './colourMaps.ts';
import { drawHeat } from './drawStage.ts';
import { heatRange } from './heatmapImage.ts';
import { heatOf, LAYER_UNITS, NO_PIXELS } from './layers.ts';

const TILE_WIDTH = 240;

export function AllKnobs() {
  const interval = useLab((state) => state.gradientsOf);
  const record = useLab(lastRecord);
  const tuned = useLab((state) => state.draft.knobs);
  const aspect = useLab(({ info }) => (info ? info.captureSize.width / info.captureSize.height : 5 / 3));
  if (interval === null) return <p className="empty">The heat maps appear after the first interval.</p>;
  return (
    <div className="all-knobs" style={{ '--aspect': aspect } as CSSProperties}>
      <div className="all-knobs-shared">
        <Tile layer="dnnGrad" knob="quantizer" />
        <div className="all-knobs-words">
          <p>
            <Term name="dnnGrad">DNNGrad</Term>, shared by all. Below it <Term name="inputGrad" /> of each
            knob, then their <Term name="product">product</Term>, whose sum is the signed estimate of{' '}
            <Term name="accGrad" />.
          </p>
          <p className="all-knobs-scale" title="Every map has its own m, the 99th percentile of its cells">
            <span>0</span>
            <i className="heat-ramp" style={{ background: cssGradient('magnitude') }} />
            <span>m</span>
            <span>−m</span>
            <i className="heat-ramp" style={{ background: cssGradient('signed') }} />
            <span>+m</span>
          </p>
        </div>
      </div>
      {tuned.map((name) => {
        const gradient = record?.gradients[name];
        const neighbour = currentPicture().gradients?.knobs[name]?.neighbour;
        return (
          <div className="all-knobs-column" key={name}>
            <div className="all-knobs-head">
              <span>
                <strong>{KNOB_LABELS[name]}</strong>{' '}
                <span className="hint">
                  {neighbour === undefined ? 'not probed' : `→ ${knobValue(neighbour, '')}`}
                  {gradient?.flat === true && ', no change'}
                </span>
              </span>
              <span>
                <Term name="accGrad" /> <b className="number">{gradient ? force(gradient.accGrad) : '–'}</b>
              </span>
            </div>
            {currentPicture().gradients?.knobs[name]?.maps === null ? (
              <p className="hint">{NO_PIXELS}</p>
            ) : (
              <>
                <Tile layer="inputGrad" knob={name} />
                <Tile layer="product" knob={name} />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

interface TileProps {
  readonly layer: Exclude<Layer, 'none' | 'all'>;
  readonly knob: KnobName;
}

/** Clicking a tile shows it large. */
function Tile({ layer, knob }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const interval = useLab((state) => state.gradientsOf);
  const capture = useLab((state) => state.info?.captureSize);
  const height = Math.round(TILE_WIDTH * (capture ? capture.height / capture.width : 0.6));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { image, gradients } = currentPicture();
    const heat = heatOf(gradients, layer, knob);
    context.clearRect(0, 0, TILE_WIDTH, height);
    context.globalAlpha = heat ? 1 : 0.4;
    if (image) context.drawImage(image, 0, 0, TILE_WIDTH, height);
    context.globalAlpha = 1;
    if (heat) drawHeat(context, heat, 0.75, TILE_WIDTH, height);
  }, [interval, layer, knob, height]);
  const name =
    layer === 'dnnGrad'
      ? 'DNNGrad'
      : `${layer === 'product' ? 'Product' : 'InputGrad'} of ${KNOB_LABELS[knob]}`;
  const heat = interval === null ? null : heatOf(currentPicture().gradients, layer, knob);
  const range = heat ? heatRange(heat.heatmap, heat.map) : null;
  return (
    <button
      type="button"
      className="tile"
      title={`${name}: show it large`}
      onClick={() => setLayer(layer, knob)}
    >
      <canvas ref={canvas} width={TILE_WIDTH} height={height} role="img" aria-label={name} />
      {range && (
        <span className="tile-scale">
          m = {scientific(range.max)} {layer !== 'dnnGrad' && LAYER_UNITS[layer]}
        </span>
      )}
    </button>
  );
}
