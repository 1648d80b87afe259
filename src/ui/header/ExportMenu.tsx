/** Everything that a run leaves behind as a file. */
import { DropdownMenu } from 'radix-ui';
import { RECORDED_REASON } from '../actions/registry.ts';
import {
  exportComparison,
  exportCsv,
  exportExperiment,
  exportHtml,
  exportJson,
  exportPicture,
} from '../actions/exports.ts';
import { intervalsDone, useCompare } from '../compare/compareStore.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';

interface Item {
  readonly label: string;
  readonly hint: string;
  readonly testId: string;
  readonly run: () => void;
  /** What it holds: intervals or what was compared, of which there are none before the first has ended; what is drawn; the controls. */
  readonly of: 'intervals' | 'drawing' | 'controls' | 'compared';
}

const NOTHING_YET = 'Nothing is there before the first interval.';

const GROUPS: readonly (readonly Item[])[] = [
  [
    {
      label: 'Report',
      hint: 'report.json: opens here again',
      testId: 'export-json',
      run: () => void exportJson(),
      of: 'intervals',
    },
    {
      label: 'Timeline',
      hint: 'CSV, one row an interval',
      testId: 'export-csv',
      run: () => void exportCsv(),
      of: 'intervals',
    },
    {
      label: 'Report to read',
      hint: 'one self-contained HTML file',
      testId: 'export-html',
      run: () => void exportHtml(),
      of: 'intervals',
    },
    {
      label: 'Experiment',
      hint: 'JSON for the command line',
      testId: 'export-experiment',
      run: () => void exportExperiment(),
      of: 'controls',
    },
  ],
  [
    {
      label: 'Picture of the stage',
      hint: 'PNG',
      testId: 'export-png-stage',
      run: () => void exportPicture('stage'),
      of: 'drawing',
    },
    {
      label: 'Picture of ascent or trust',
      hint: 'PNG',
      testId: 'export-png-ascent',
      run: () => void exportPicture('ascent'),
      of: 'drawing',
    },
    {
      label: 'Picture of the timeline',
      hint: 'PNG',
      testId: 'export-png-timeline',
      run: () => void exportPicture('timeline'),
      of: 'drawing',
    },
  ],
];

const COMPARE_GROUPS: readonly (readonly Item[])[] = [
  [
    {
      label: 'Report',
      hint: 'JSON of all policies: opens here again',
      testId: 'export-compared-json',
      run: () => void exportComparison('json'),
      of: 'compared',
    },
    {
      label: 'Timelines',
      hint: 'CSV, one row an interval and policy',
      testId: 'export-compared-csv',
      run: () => void exportComparison('csv'),
      of: 'compared',
    },
    {
      label: 'Report to read',
      hint: 'one self-contained HTML file',
      testId: 'export-compared-html',
      run: () => void exportComparison('html'),
      of: 'compared',
    },
  ],
  [
    {
      label: 'Picture of the timeline',
      hint: 'PNG',
      testId: 'export-png-lines',
      run: () => void exportPicture('lines'),
      of: 'compared',
    },
    {
      label: 'Picture of the frontier',
      hint: 'PNG',
      testId: 'export-png-frontier',
      run: () => void exportPicture('frontier'),
      of: 'compared',
    },
  ],
];

export function ExportMenu() {
  const page = useLab((state) => state.page);
  const hasCompared = useCompare((state) => intervalsDone(state) > 0);
  const hasRecords = useLab((state) => state.records.length > 0);
  const isRecorded = useLab((state) => state.origin === 'recorded');
  const reasonAgainst = ({ of }: Item): string | undefined => {
    if (of === 'controls') return undefined;
    if (of === 'compared') return hasCompared ? undefined : NOTHING_YET;
    if (isRecorded) return RECORDED_REASON;
    return of === 'intervals' && !hasRecords ? NOTHING_YET : undefined;
  };
  const open = useLab((state) => state.exportOpen);
  return (
    <DropdownMenu.Root
      modal={false}
      open={open}
      onOpenChange={(exportOpen) => useLab.setState({ exportOpen })}
    >
      <DropdownMenu.Trigger className="button" data-testid="export-menu" title="Export (E)">
        <Icon name="export" />
        <span>Export</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" sideOffset={6} align="end" collisionPadding={8}>
          {(page === 'run' ? GROUPS : COMPARE_GROUPS).map((group, i) => (
            <DropdownMenu.Group key={i} className="menu-group">
              {group.map((item) => (
                <DropdownMenu.Item
                  key={item.testId}
                  className="menu-item"
                  data-testid={item.testId}
                  title={reasonAgainst(item)}
                  disabled={reasonAgainst(item) !== undefined}
                  onSelect={item.run}
                >
                  <span>{item.label}</span>
                  <span className="hint">{item.hint}</span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
