/** The page: header, notices, and the five panels of the instrument. */
import { Tooltip } from 'radix-ui';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { AscentPanel } from './ascent/AscentPanel.tsx';
import { BudgetsPanel } from './budgets/BudgetsPanel.tsx';
import { useShortcuts } from './actions/useShortcuts.ts';
import { ConsentDialog } from './consent/ConsentDialog.tsx';
import { ErrorBoundary } from './controls/ErrorBoundary.tsx';
import { Header } from './header/Header.tsx';
import { Notices } from './header/Notices.tsx';
import { HelpSheet } from './help/HelpSheet.tsx';
import { KnobsPanel } from './knobs/KnobsPanel.tsx';
import { DropTarget } from './source/DropTarget.tsx';
import { StagePanel } from './stage/StagePanel.tsx';
import { useLab } from './store/labStore.ts';

/** The charts are the heaviest part of the page and the last that is needed. */
const TimelinePanel = lazy(async () => ({
  default: (await import('./timeline/TimelinePanel.tsx')).TimelinePanel,
}));

/** Needed only by who compares. */
const CompareView = lazy(async () => ({
  default: (await import('./compare/CompareView.tsx')).CompareView,
}));

/** Needed only by who brings a model. */
const CardDialog = lazy(async () => ({
  default: (await import('./detector/CardDialog.tsx')).CardDialog,
}));

function BroughtModel() {
  const isBrought = useLab((state) => state.bringing !== null);
  const [wasBrought, setWasBrought] = useState(false);
  if (isBrought && !wasBrought) setWasBrought(true);
  // Kept once it is there: a dialog that is taken away while it closes cannot give the focus back.
  return wasBrought || isBrought ? (
    <ErrorBoundary what="The dialog of your detector">
      <Suspense fallback={null}>
        <CardDialog />
      </Suspense>
    </ErrorBoundary>
  ) : null;
}

function Timeline() {
  return (
    <Suspense fallback={<section className="panel panel-timeline" aria-hidden="true" />}>
      <TimelinePanel />
    </Suspense>
  );
}

/** The panels from top to bottom, with their names as a sentence begins with them. */
const COLUMNS: readonly Readonly<Record<string, ComponentType>>[] = [
  { 'The stage': StagePanel, 'The ascent': AscentPanel },
  { 'The budgets': BudgetsPanel, 'The knobs': KnobsPanel, 'The timeline': Timeline },
];

function RunView() {
  return (
    <main className="panels">
      {COLUMNS.map((panels, i) => (
        <div className="column" key={i}>
          {Object.entries(panels).map(([what, Panel]) => (
            // Each alone: what breaks one panel leaves the others whole.
            <ErrorBoundary key={what} what={what}>
              <Panel />
            </ErrorBoundary>
          ))}
        </div>
      ))}
    </main>
  );
}

export function App() {
  useShortcuts();
  const runState = useLab((state) => state.runState);
  const origin = useLab((state) => state.origin);
  const page = useLab((state) => state.page);
  return (
    <Tooltip.Provider delayDuration={250} skipDelayDuration={400}>
      <div className="lab" data-testid="lab" data-state={runState} data-origin={origin} data-page={page}>
        <Header />
        <Notices />
        {page === 'run' ? (
          <RunView />
        ) : (
          <Suspense fallback={<main className="compare" />}>
            <CompareView />
          </Suspense>
        )}
        <DropTarget />
        <HelpSheet />
        <ConsentDialog />
        <BroughtModel />
      </div>
    </Tooltip.Provider>
  );
}
