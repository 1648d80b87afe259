/** Everything that a run leaves behind as a file. */
import { DropdownMenu } from 'radix-ui';
import { RECORDED_REASON } from '../actions/registry.ts';
import { exportCsv, exportExperiment, exportHtml, exportJson, exportPicture } from '../actions/exports.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';

interface Item {
  readonly label: string;
  readonly hint: string;
  readonly testId: string;
  readonly run: () => void;
  /** What it holds: intervals, of which there are none before the first has ended; what is drawn; the controls. */
  readonly of: 'intervals' | 'drawing' | 'controls';
}

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

export function ExportMenu() {
  const hasRecords = useLab((state) => state.records.length > 0);
  const isRecorded = useLab((state) => state.origin === 'recorded');
  const reasonAgainst = ({ of }: Item): string | undefined => {
    if (of === 'controls') return undefined;
    if (isRecorded) return RECORDED_REASON;
    return of === 'intervals' && !hasRecords ? 'Nothing is there before the first interval.' : undefined;
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
          {GROUPS.map((group, i) => (
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
