/** The page: header, notices, and the five panels of the instrument. */
import { Tooltip } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { AscentPanel } from './ascent/AscentPanel.tsx';
import { BudgetsPanel } from './budgets/BudgetsPanel.tsx';
import { useShortcuts } from './actions/useShortcuts.ts';
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

export function App() {
  useShortcuts();
  const runState = useLab((state) => state.runState);
  const origin = useLab((state) => state.origin);
  return (
    <Tooltip.Provider delayDuration={250} skipDelayDuration={400}>
      <div className="lab" data-testid="lab" data-state={runState} data-origin={origin}>
        <Header />
        <Notices />
        <main className="panels">
          <div className="column">
            <ErrorBoundary what="The stage">
              <StagePanel />
            </ErrorBoundary>
            <ErrorBoundary what="The ascent">
              <AscentPanel />
            </ErrorBoundary>
          </div>
          <div className="column">
            <ErrorBoundary what="The budgets">
              <BudgetsPanel />
            </ErrorBoundary>
            <ErrorBoundary what="The knobs">
              <KnobsPanel />
            </ErrorBoundary>
            <ErrorBoundary what="The timeline">
              <Suspense fallback={<section className="panel panel-timeline" aria-hidden="true" />}>
                <TimelinePanel />
              </Suspense>
            </ErrorBoundary>
          </div>
        </main>
        <DropTarget />
        <HelpSheet />
      </div>
    </Tooltip.Provider>
  );
}
