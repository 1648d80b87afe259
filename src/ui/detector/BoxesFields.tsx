/** Boxes and scores as plain numbers: where they stand, and what the four numbers of a box mean. */
import { Choice } from '../controls/Choice.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Field, TextField } from './Field.tsx';
import type { Head } from './headKinds.ts';
import { numbersIn } from './headKinds.ts';
import { Nodes, type HeadProps } from './Nodes.tsx';

type BoxesHead = Extract<Head, { kind: 'boxes' }>;

const COLUMN = { min: 0, max: 10_000 };

const CODINGS = [
  { value: 'cxcywh', label: 'centre and size' },
  { value: 'xyxy', label: 'left, top, right, bottom' },
  { value: 'yxyx', label: 'top, left, bottom, right' },
] as const;

export function BoxesFields({ head, nodes, onChange }: HeadProps<BoxesHead>) {
  const set = (patch: Partial<BoxesHead>): void => onChange({ ...head, ...patch });
  return (
    <>
      <Nodes label="Scores in" value={head.scores} choices={nodes} onChange={(scores) => set({ scores })} />
      <Nodes label="Boxes in" value={head.boxes} choices={nodes} onChange={(boxes) => set({ boxes })} />
      <Field label="Cells">
        <Choice
          label="Order of cells and columns"
          value={head.layout}
          options={[
            { value: 'cellsFirst', label: 'a row each [1, cells, columns]' },
            { value: 'cellsLast', label: 'a column each [1, columns, cells]' },
          ]}
          onChange={(value) => set({ layout: value === 'cellsLast' ? 'cellsLast' : 'cellsFirst' })}
        />
      </Field>
      <Field label="First class" hint="column, counted from 0">
        <Column
          label="Column of the first class"
          value={head.firstClass}
          onChange={(firstClass) => set({ firstClass })}
        />
      </Field>
      <Field label="First of a box">
        <Column
          label="First column of a box"
          value={head.firstBox}
          onChange={(firstBox) => set({ firstBox })}
        />
      </Field>
      <Field label="Objectness">
        <Choice
          label="Is there a column for objectness?"
          value={head.objectness === null ? 'none' : 'column'}
          options={[
            { value: 'none', label: 'none' },
            { value: 'column', label: 'in column' },
          ]}
          onChange={(value) =>
            set({ objectness: value === 'none' ? null : Math.max(0, head.firstClass - 1) })
          }
        />
        {head.objectness !== null && (
          <Column
            label="Column of the objectness"
            value={head.objectness}
            onChange={(objectness) => set({ objectness })}
          />
        )}
      </Field>
      <Field label="Scores are">
        <Choice
          label="What the scores are"
          value={head.logits ? 'logits' : 'shares'}
          options={[
            { value: 'shares', label: 'between 0 and 1' },
            { value: 'logits', label: 'logits' },
          ]}
          onChange={(value) => set({ logits: value === 'logits' })}
        />
      </Field>
      <Field label="A box is">
        <Choice
          label="What the four numbers of a box are"
          testId="card-coding"
          value={head.coding}
          options={CODINGS}
          onChange={(value) => {
            const coding = CODINGS.find((known) => known.value === value)?.value;
            if (coding) set({ coding });
          }}
        />
        <Choice
          label="Unit of a box"
          value={head.unit}
          options={[
            { value: 'pixel', label: 'in pixels' },
            { value: 'fraction', label: 'in fractions' },
          ]}
          onChange={(value) => set({ unit: value === 'pixel' ? 'pixel' : 'fraction' })}
        />
      </Field>
      <Anchors head={head} onChange={onChange} />
    </>
  );
}

function Column({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (column: number) => void;
}) {
  return <NumberField label={label} value={value} range={COLUMN} whole digits={0} onChange={onChange} />;
}

/** "16×2, 32×6": boxes of a cell for each stride; empty where boxes stand by themselves. */
function Anchors({ head, onChange }: Omit<HeadProps<BoxesHead>, 'nodes'>) {
  const text = (head.anchors ?? []).map(({ stride, perCell }) => `${stride}×${perCell}`).join(', ');
  const read = (typed: string): void => {
    const rest = { ...head };
    delete rest.anchors;
    const anchors = typed
      .split(/[,;]/)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [stride = 0, perCell = 0] = numbersIn(part.replace(/[×x]/g, ' '));
        return { stride, perCell };
      });
    onChange(anchors.length === 0 ? rest : { ...rest, anchors });
  };
  if (head.coding !== 'cxcywh') return null;
  return (
    <Field label="Anchors" hint="stride×boxes of a cell, e.g. 16×2, 32×6; empty: none">
      <TextField label="Anchors" value={text} onChange={read} />
    </Field>
  );
}
