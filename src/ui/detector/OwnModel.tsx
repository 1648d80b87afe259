/** The ways in which a model of one's own comes in: files, their folder, an address, and the one that is chosen. */
import { useState } from 'react';
import { attempt } from '../actions/exports.ts';
import { FilePicker } from '../source/FilePicker.tsx';
import { takeModel } from '../source/takeFiles.ts';
import { useLab } from '../store/labStore.ts';
import { bringAddress, bringAgain } from './bring.ts';

/** @param onChosen closes the menu, as the dialog takes over */
export function OwnModel({ onChosen }: { readonly onChosen: () => void }) {
  const isBrought = useLab((state) => typeof state.draft.detector !== 'string');
  const take = (files: readonly File[]): void => {
    onChosen();
    void attempt(() => takeModel(files));
  };
  return (
    <>
      <h3>Your own</h3>
      <p className="hint">
        A TensorFlow.js model. The lab proposes how to read it and shows what it finds, before anything runs.
        Files stay on this computer.
      </p>
      <p className="row">
        <FilePicker accept=".json,.bin,.txt,.names,.yaml,.yml" multiple testId="model-input" onFiles={take}>
          Choose files
        </FilePicker>
        <FilePicker accept="" multiple folder testId="model-folder" onFiles={take}>
          Choose a folder
        </FilePicker>
      </p>
      <p className="hint">
        model.json with its .bin files, and what else lies beside it; dropping works too.
      </p>
      <ByAddress onChosen={onChosen} />
      {isBrought && (
        <p className="row">
          <button
            type="button"
            className="button"
            data-testid="card-again"
            onClick={() => {
              onChosen();
              void attempt(bringAgain);
            }}
          >
            Correct its card
          </button>
          <span className="hint">of the model that is chosen now</span>
        </p>
      )}
    </>
  );
}

function ByAddress({ onChosen }: { readonly onChosen: () => void }) {
  const [url, setUrl] = useState('');
  const isUsable = URL.canParse(url, location.href) && /\.json($|\?)/.test(url);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUsable) return;
        onChosen();
        void attempt(() => bringAddress(url));
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
