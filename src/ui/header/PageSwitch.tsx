/** Between the ordinary view of a run and the comparison; V does the same. */
import { setPage } from '../compare/switchPage.ts';
import { useLab } from '../store/labStore.ts';

const PAGES = [
  { page: 'run', label: 'Run' },
  { page: 'compare', label: 'Compare' },
] as const;

export function PageSwitch() {
  const current = useLab((state) => state.page);
  return (
    <div className="page-switch" role="group" aria-label="View">
      {PAGES.map(({ page, label }) => (
        <button
          key={page}
          type="button"
          aria-pressed={page === current}
          aria-keyshortcuts="V"
          title={`${label} (V changes the view)`}
          data-testid={`page-${page}`}
          onClick={() => setPage(page)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
