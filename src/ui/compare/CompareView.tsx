/** The comparison: what is compared, the stages side by side, the timeline of all, the frontier and the charges. */
import type { ComponentType } from 'react';
import { ErrorBoundary } from '../controls/ErrorBoundary.tsx';
import { FiguresPanel } from './FiguresPanel.tsx';
import { FrontierPanel } from './FrontierPanel.tsx';
import { LinesPanel } from './LinesPanel.tsx';
import { SetupPanel } from './SetupPanel.tsx';
import { StagesPanel } from './StagesPanel.tsx';

/** With their names as a sentence begins with them. */
const PANELS: Readonly<Record<string, ComponentType>> = {
  'The choice of policies': SetupPanel,
  'The stages': StagesPanel,
  'The timeline': LinesPanel,
  'The frontier': FrontierPanel,
  'The charges': FiguresPanel,
};

export function CompareView() {
  return (
    <main className="compare" data-testid="compare">
      {Object.entries(PANELS).map(([what, Panel]) => (
        // Each alone: what breaks one panel leaves the others whole.
        <ErrorBoundary key={what} what={what}>
          <Panel />
        </ErrorBoundary>
      ))}
    </main>
  );
}
