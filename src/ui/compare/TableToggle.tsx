/** Shows a chart's numbers as a table, and back. */
import { Icon } from '../controls/Icon.tsx';
import { useCompare, type CompareState } from './compareStore.ts';

export function TableToggle({ of }: { readonly of: keyof CompareState['isTable'] }) {
  const isTable = useCompare((state) => state.isTable[of]);
  return (
    <button
      type="button"
      className="button"
      aria-pressed={isTable}
      data-testid={`${of}-as-table`}
      onClick={() => useCompare.setState((state) => ({ isTable: { ...state.isTable, [of]: !isTable } }))}
    >
      <Icon name={isTable ? 'chart' : 'table'} />
      <span>{isTable ? 'Chart' : 'Table'}</span>
    </button>
  );
}
