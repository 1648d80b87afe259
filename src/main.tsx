import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './ui/App.tsx';
import { ErrorBoundary } from './ui/controls/ErrorBoundary.tsx';
import { start } from './ui/start.ts';
import './ui/styles/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element #root. Restore index.html.');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary what="The page">
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
void start();
