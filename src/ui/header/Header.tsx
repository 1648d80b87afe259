/** The head of the instrument: what is run, how it runs, and what can be done with it. */
import { ActionButton } from '../actions/ActionButton.tsx';
import { openFile } from '../actions/exports.ts';
import { DetectorMenu } from '../detector/DetectorMenu.tsx';
import { CompareControls } from '../compare/CompareControls.tsx';
import { FilePicker } from '../source/FilePicker.tsx';
import { SourceMenu } from '../source/SourceMenu.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';
import { BackendMenu } from './BackendMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { PageSwitch } from './PageSwitch.tsx';
import { PolicyMenu } from './PolicyMenu.tsx';
import { RunControls } from './RunControls.tsx';

export function Header() {
  const page = useLab((state) => state.page);
  return (
    <header className="header">
      <h1>
        <Mark />
        OneAdapt Lab
      </h1>
      <PageSwitch />
      <nav className="header-choices" aria-label="Experiment">
        <SourceMenu />
        <DetectorMenu />
        {page === 'run' && <PolicyMenu />}
        <BackendMenu />
      </nav>
      {page === 'run' ? <RunControls /> : <CompareControls />}
      <div className="header-tools">
        <ActionButton id="share" icon="share" testId="share" />
        <ExportMenu />
        <FilePicker
          id="open-report-input"
          accept=".json,.html"
          testId="open-report"
          onFiles={([file]) => {
            if (file) void openFile(file);
          }}
        >
          <Icon name="open" />
          <span>Open</span>
        </FilePicker>
        <ThemeButton />
        <ActionButton id="help" icon="help" testId="help" />
      </div>
    </header>
  );
}

function ThemeButton() {
  const theme = useLab((state) => state.theme);
  return (
    <ActionButton
      id="theme"
      icon={theme === 'auto' ? 'auto' : theme === 'dark' ? 'moon' : 'sun'}
      testId="theme"
    />
  );
}

/** A path climbing to a budget's edge: what the lab is about. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path className="mark-edge" d="M3 4.5c6 0 12 4 13.5 12" />
      <path className="mark-path" d="M2.5 17.5l4-2.5 2.5-4.5 3.5-1.5" />
      <circle className="mark-point" cx="12.6" cy="8.9" r="2.1" />
    </svg>
  );
}
