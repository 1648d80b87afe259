/** Everything that a run leaves behind as a file. */
import { DropdownMenu } from 'radix-ui';
import { exportCsv, exportExperiment, exportHtml, exportJson, exportPicture } from '../actions/exports.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';

interface Item {
  readonly label: string;
  readonly hint: string;
  readonly testId: string;
  readonly run: () => void;
  /** Nothing to export before the first interval. */
  readonly needsRecords: boolean;
}

const GROUPS: readonly (readonly Item[])[] = [
  [
    {
      label: 'Report',
      hint: 'report.json: opens here again',
      testId: 'export-json',
      run: () => void exportJson(),
      needsRecords: true,
    },
    {
      label: 'Timeline',
      hint: 'CSV, one row an interval',
      testId: 'export-csv',
      run: () => void exportCsv(),
      needsRecords: true,
    },
    {
      label: 'Report to read',
      hint: 'one self-contained HTML file',
      testId: 'export-html',
      run: () => void exportHtml(),
      needsRecords: true,
    },
    {
      label: 'Experiment',
      hint: 'JSON for the command line',
      testId: 'export-experiment',
      run: () => void exportExperiment(),
      needsRecords: false,
    },
  ],
  [
    {
      label: 'Picture of the stage',
      hint: 'PNG',
      testId: 'export-png-stage',
      run: () => void exportPicture('stage'),
      needsRecords: false,
    },
    {
      label: 'Picture of the ascent',
      hint: 'PNG',
      testId: 'export-png-ascent',
      run: () => void exportPicture('ascent'),
      needsRecords: false,
    },
    {
      label: 'Picture of the timeline',
      hint: 'PNG',
      testId: 'export-png-timeline',
      run: () => void exportPicture('timeline'),
      needsRecords: false,
    },
  ],
];

export function ExportMenu() {
  const hasRecords = useLab((state) => state.records.length > 0);
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
                  disabled={item.needsRecords && !hasRecords}
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
