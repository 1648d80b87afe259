/** Layers, blend and which boxes are drawn; the legend is the control. */
import { KNOB_NAMES } from '../../domain/knob.ts';
import { Choice } from '../controls/Choice.tsx';
import { SliderTrack } from '../controls/SliderTrack.tsx';
import { fixed } from '../format.ts';
import { LAYERS, useLab, type BoxKinds } from '../store/labStore.ts';
import { setLayer, setView, toggleBoxes } from '../store/view.ts';
import { BOX_STYLES } from './drawStage.ts';
import { layerOptions, layerValue } from './layers.ts';

const BLEND_RANGE = { min: 0, max: 1 };

const BOX_LABELS: Readonly<Record<keyof BoxKinds, string>> = {
  now: 'Now',
  reference: 'Reference',
  exact: 'Exact',
};

export function StageTools() {
  const layer = useLab((state) => state.view.layer);
  const knob = useLab((state) => state.view.layerKnob);
  const blend = useLab((state) => state.view.blend);
  const tuned = useLab((state) => state.draft.knobs);
  // A layer that is looked at stays in the list when its knob is no longer probed.
  const listed = KNOB_NAMES.filter((name) => tuned.includes(name) || name === knob);
  const hasHeat = layer !== 'none' && layer !== 'all';
  return (
    <>
      <BoxLegend />
      <Choice
        label="Layer"
        testId="layer-select"
        value={layerValue(layer, knob)}
        options={layerOptions(listed)}
        onChange={(value) => {
          const [name, of] = value.split(':');
          const chosen = LAYERS.find((l) => l === name);
          if (chosen)
            setLayer(
              chosen,
              KNOB_NAMES.find((k) => k === of),
            );
        }}
      />
      <label
        className="blend"
        title={hasHeat ? 'Opacity of the heat map; hold H to hide it' : 'No heat map lies over the frame'}
      >
        <span>Blend</span>
        <SliderTrack
          label="Blend of the heat map"
          value={blend}
          range={BLEND_RANGE}
          disabled={!hasHeat}
          valueText={fixed(blend, 2)}
          onChange={(value) => setView({ blend: value })}
        />
      </label>
    </>
  );
}

function BoxLegend() {
  const boxes = useLab((state) => state.view.boxes);
  const isDrawn = useLab((state) => state.view.layer !== 'all');
  return (
    <div
      className="box-legend"
      title={isDrawn ? undefined : 'The heat maps side by side are drawn without boxes'}
      role="group"
      aria-label="Boxes drawn"
    >
      {(['now', 'reference', 'exact'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={boxes[kind]}
          disabled={!isDrawn}
          data-testid={`boxes-${kind}`}
          onClick={() => toggleBoxes(kind)}
        >
          <svg viewBox="0 0 24 12" className="chip-sample" aria-hidden="true">
            <line
              x1="3"
              x2="21"
              y1="6"
              y2="6"
              stroke={BOX_STYLES[kind].colour}
              strokeDasharray={BOX_STYLES[kind].dash.join(' ')}
            />
          </svg>
          {BOX_LABELS[kind]}
        </button>
      ))}
    </div>
  );
}
