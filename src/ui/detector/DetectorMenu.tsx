/** Which detector: ours, known ones by name with consent to fetch them, one's own by URL or files. */
import { useState } from 'react';
import { DETECTORS, type RegisteredDetector } from '../../detectors/registry.ts';
import type { DetectorSpec } from '../../domain/experiment.ts';
import { attempt } from '../actions/exports.ts';
import { FootageChoice } from '../consent/FootageChoice.tsx';
import { Flyout } from '../controls/Flyout.tsx';
import { byteCount } from '../format.ts';
import { FilePicker } from '../source/FilePicker.tsx';
import { takeModel } from '../source/takeFiles.ts';
import { restartWith } from '../store/draft.ts';
import { modelLabel } from '../store/inputs.ts';
import { useLab } from '../store/labStore.ts';

function nameOf(detector: DetectorSpec): string {
  if (typeof detector === 'string') return DETECTORS.find((d) => d.name === detector)?.label ?? detector;
  return modelLabel(detector.model);
}

export function DetectorMenu() {
  const detector = useLab((state) => state.draft.detector);
  const [open, setOpen] = useState(false);
  const choose = (spec: DetectorSpec): void => {
    setOpen(false);
    restartWith({ detector: spec });
  };
  return (
    <Flyout
      label="Detector"
      value={nameOf(detector)}
      testId="detector-menu"
      open={open}
      onOpenChange={setOpen}
    >
      <ul className="choices">
        {DETECTORS.map((d) => (
          <Registered
            key={d.name}
            detector={d}
            isChosen={d.name === detector}
            onChoose={() => choose(d.name)}
          />
        ))}
      </ul>
      <FootageChoice />
      <h3>Your own, by address</h3>
      <ByAddress onChoose={choose} />
      <h3>Your own, from files</h3>
      <p className="row">
        <FilePicker
          accept=".json,.bin"
          multiple
          testId="model-input"
          onFiles={(files) => {
            setOpen(false);
            void attempt(() => takeModel(files));
          }}
        >
          Choose files
        </FilePicker>
        <span className="hint">model.json, its .bin files and a card.json; dropping them works too.</span>
      </p>
    </Flyout>
  );
}

interface RegisteredProps {
  readonly detector: RegisteredDetector;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Registered({ detector, isChosen, onChoose }: RegisteredProps) {
  const { bytes, card, label, name, url } = detector;
  const consent =
    bytes === null
      ? 'Comes with the lab; nothing is fetched from elsewhere.'
      : `Choosing it fetches ${byteCount(bytes)} from the public address ${new URL(url, location.href).host}. Licence: ${card?.licence ?? 'see its card'}.`;
  return (
    <li>
      <button
        type="button"
        className="choice-button"
        aria-pressed={isChosen}
        data-testid={`detector-${name}`}
        onClick={onChoose}
      >
        <strong>{label}</strong>
        {card && <span>{card.description.split('. ')[0]}.</span>}
        <span className="hint">{consent}</span>
      </button>
    </li>
  );
}

function ByAddress({ onChoose }: { readonly onChoose: (spec: DetectorSpec) => void }) {
  const [url, setUrl] = useState('');
  const isUsable = URL.canParse(url, location.href) && /\.json($|\?)/.test(url);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUsable) onChoose({ model: url });
      }}
    >
      <input
        className="text-field"
        type="url"
        aria-label="Address of a model.json"
        placeholder="https://…/model.json"
        data-testid="model-url"
        value={url}
        onChange={(event) => setUrl(event.target.value.trim())}
      />
      <button type="submit" className="button" disabled={!isUsable}>
        Fetch
      </button>
    </form>
  );
}
