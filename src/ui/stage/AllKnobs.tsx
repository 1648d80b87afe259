/** Every heat map of the interval side by side: what the detector looks at, what each knob moves, their product. */
import { useEffect, useRef } from 'react';
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { knobValue, signed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { lastRecord, useLab, type Layer } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';
import { setLayer } from '../store/view.ts';
import { drawHeat } from './drawStage.ts';
import { heatOf } from './layers.ts';

const TILE_WIDTH = 240;

export function AllKnobs() {
  const interval = useLab((state) => state.gradientsOf);
  const record = useLab(lastRecord);
  if (interval === null) return <p className="empty">The heat maps appear after the first interval.</p>;
  return (
    <div className="all-knobs">
      <div className="all-knobs-column">
        <div>
          <Term name="dnnGrad">DNNGrad</Term>
          <span className="hint">shared by all knobs</span>
        </div>
        <Tile layer="dnnGrad" knob="quantizer" />
        <p className="hint all-knobs-words">
          Above: the pixels that matter. Upper row: <Term name="inputGrad" />, the pixels that each knob
          moves. Lower row: the <Term name="product">product</Term> of both, whose sum is the AccGrad.
        </p>
      </div>
      {KNOB_NAMES.map((name) => {
        const gradient = record?.gradients[name];
        const neighbour = currentPicture().gradients?.knobs[name]?.neighbour;
        return (
          <div className="all-knobs-column" key={name}>
            <div>
              <span>
                <strong>{KNOB_LABELS[name]}</strong>{' '}
                <span className="hint">
                  {neighbour === undefined ? 'not probed' : `→ ${knobValue(neighbour, '')}`}
                  {gradient?.flat === true && ', no change'}
                </span>
              </span>
              <span>
                <Term name="accGrad" />{' '}
                <b className="number">{gradient ? signed(gradient.accGrad, 3) : '–'}</b>
              </span>
            </div>
            <Tile layer="inputGrad" knob={name} />
            <Tile layer="product" knob={name} />
          </div>
        );
      })}
    </div>
  );
}

interface TileProps {
  readonly layer: Layer;
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
  return (
    <button
      type="button"
      className="tile"
      title={`${name}: show it large`}
      onClick={() => setLayer(layer, knob)}
    >
      <canvas ref={canvas} width={TILE_WIDTH} height={height} role="img" aria-label={name} />
    </button>
  );
}
