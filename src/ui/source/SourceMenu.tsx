/** Where the frames come from: the built-in street with live content sliders, a clip, a webcam. */
import { useState } from 'react';
import {
  PRESET_CONTENT,
  SCENE_PRESETS,
  type SceneContent,
  type SourceSpec,
} from '../../domain/experiment.ts';
import { Choice } from '../controls/Choice.tsx';
import { Flyout } from '../controls/Flyout.tsx';
import { Icon } from '../controls/Icon.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { SliderTrack } from '../controls/SliderTrack.tsx';
import { fixed } from '../format.ts';
import { CONTENT_KEYS, RANGES } from '../store/defaults.ts';
import { restartWith, setContent } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';
import { FilePicker } from './FilePicker.tsx';
import { startWebcam } from './startWebcam.ts';
import { takeClip } from './takeFiles.ts';

const PRESET_LABELS: Readonly<Record<(typeof SCENE_PRESETS)[number], string>> = {
  crossing: 'Crossing',
  highway: 'Highway',
  plaza: 'Plaza',
  'night-rain': 'Night rain',
};

const CONTENT_LABELS: Readonly<
  Record<keyof SceneContent, readonly [name: string, low: string, high: string]>
> = {
  density: ['Density', 'empty', 'crowded'],
  speed: ['Speed', 'still', 'fast'],
  distance: ['Distance', 'near', 'far'],
  light: ['Light', 'night', 'noon'],
  rain: ['Rain', 'dry', 'downpour'],
};

function nameOf(source: SourceSpec): string {
  if (source.kind === 'scene') return PRESET_LABELS[source.preset];
  if (source.kind === 'playlist') return `Playlist of ${source.items.length}`;
  return source.kind === 'clip' ? source.file : 'Webcam';
}

export function SourceMenu() {
  const source = useLab((state) => state.draft.source);
  const [open, setOpen] = useState(false);
  return (
    <Flyout label="Source" value={nameOf(source)} testId="source-menu" open={open} onOpenChange={setOpen}>
      <h3>
        <Icon name="street" /> Built-in street
      </h3>
      <SceneControls source={source} />
      <h3>
        <Icon name="film" /> Your clip
      </h3>
      <p className="row">
        <FilePicker
          accept="video/*,.mkv"
          testId="clip-input"
          onFiles={([file]) => {
            setOpen(false);
            if (file) takeClip(file);
          }}
        >
          Choose a file
        </FilePicker>
        <span className="hint">or drop it anywhere. It stays on this computer.</span>
      </p>
      <h3>
        <Icon name="camera" /> Webcam
      </h3>
      <p className="row">
        <button
          type="button"
          className="button"
          data-testid="webcam-start"
          onClick={() => {
            setOpen(false);
            void startWebcam();
          }}
        >
          Start webcam
        </button>
        <span className="hint">The browser asks first. Nothing is uploaded.</span>
      </p>
    </Flyout>
  );
}

function SceneControls({ source }: { readonly source: SourceSpec }) {
  const seed = useLab((state) => state.draft.seed);
  const content = source.kind === 'scene' ? { ...PRESET_CONTENT[source.preset], ...source.content } : null;
  return (
    <>
      <div className="row">
        <Choice
          label="Scene"
          testId="scene-preset"
          value={source.kind === 'scene' ? source.preset : ''}
          options={[
            ...(source.kind === 'scene' ? [] : [{ value: '', label: 'Choose a scene' }]),
            ...SCENE_PRESETS.map((value) => ({ value, label: PRESET_LABELS[value] })),
          ]}
          onChange={(value) => {
            const preset = SCENE_PRESETS.find((p) => p === value);
            if (preset) restartWith({ source: { kind: 'scene', preset } });
          }}
        />
        <label className="row hint">
          Seed
          <NumberField
            label="Seed"
            value={seed}
            range={RANGES.seed}
            whole
            digits={0}
            onChange={(value) => restartWith({ seed: value })}
          />
        </label>
      </div>
      <div className="content-sliders">
        {CONTENT_KEYS.map((key) => {
          const [name, low, high] = CONTENT_LABELS[key];
          const value = content?.[key] ?? 0;
          return (
            <div key={key} className="content-slider">
              <span className="content-name">{name}</span>
              <span className="hint">{low}</span>
              <SliderTrack
                label={name}
                value={value}
                range={RANGES.share}
                disabled={source.kind !== 'scene'}
                valueText={fixed(value, 2)}
                onChange={(next) => setContent({ [key]: next })}
              />
              <span className="hint">{high}</span>
              <span className="content-value">{content ? fixed(value, 2) : '–'}</span>
            </div>
          );
        })}
      </div>
    </>
  );
}
