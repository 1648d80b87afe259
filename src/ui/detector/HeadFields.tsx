/** How the network's outputs are read. Seldom touched where a model was recognised, so it is folded away. */
import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Term } from '../help/Term.tsx';
import { BoxesFields } from './BoxesFields.tsx';
import type { CardForm } from './cardForm.ts';
import { Field, TextField } from './Field.tsx';
import { emptyHead, HEAD_KINDS, numbersIn, type HeadKind } from './headKinds.ts';
import { Nodes, type HeadProps } from './Nodes.tsx';

interface Props {
  readonly form: CardForm;
  readonly nodes: readonly string[];
  readonly isOpen: boolean;
  readonly onChange: (patch: Partial<CardForm>) => void;
}

const MOST_CLASSES = 10_000;

export function HeadFields({ form, nodes, isOpen, onChange }: Props) {
  const { head, classes } = form;
  // The names of a graph's nodes are many: they are made when they are wanted.
  const [isUnfolded, setUnfolded] = useState(isOpen);
  return (
    <details
      className="card-section"
      open={isUnfolded}
      data-testid="card-head"
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>How its outputs are read: {HEAD_KINDS[head.kind].label}</summary>
      {isUnfolded && (
        <>
          <Field label={<Term name="head">Head</Term>} hint={HEAD_KINDS[head.kind].hint}>
            <Choice
              label="Kind of head"
              testId="card-kind"
              value={head.kind}
              options={Object.entries(HEAD_KINDS).map(([value, { label }]) => ({ value, label }))}
              onChange={(value) => onChange({ head: emptyHead(value as HeadKind, nodes) })}
            />
          </Field>
          <Field label="Classes">
            <NumberField
              label="Number of classes"
              testId="card-classes"
              value={classes}
              range={{ min: 1, max: MOST_CLASSES }}
              whole
              digits={0}
              onChange={(value) => onChange({ classes: value })}
            />
          </Field>
          <OfKind head={head} nodes={nodes} onChange={(next) => onChange({ head: next })} />
        </>
      )}
    </details>
  );
}

function OfKind({ head, nodes, onChange }: HeadProps) {
  switch (head.kind) {
    case 'boxes':
      return <BoxesFields head={head} nodes={nodes} onChange={onChange} />;
    case 'dfl':
      return (
        <>
          <Nodes
            label="Nodes"
            value={head.nodes}
            choices={nodes}
            onChange={(list) => onChange({ ...head, nodes: list })}
          />
          <Strides value={head.strides} onChange={(strides) => onChange({ ...head, strides })} />
          <Bins value={head.bins} onChange={(bins) => onChange({ ...head, bins })} />
        </>
      );
    case 'gfl':
      return (
        <>
          <Strides value={head.strides} onChange={(strides) => onChange({ ...head, strides })} />
          <Bins value={head.bins} onChange={(bins) => onChange({ ...head, bins })} />
        </>
      );
    case 'centernet':
      return (
        <>
          <Field label="Heat map">
            <TextField
              label="Node of the heat map"
              value={head.heat}
              choices={nodes}
              onChange={(heat) => onChange({ ...head, heat })}
            />
          </Field>
          <Field label="Sides">
            <TextField
              label="Node of the sides"
              value={head.size}
              choices={nodes}
              onChange={(size) => onChange({ ...head, size })}
            />
          </Field>
        </>
      );
    case 'grid':
      return (
        <Field label="Stride">
          <NumberField
            label="Stride"
            value={head.stride}
            range={{ min: 1, max: 256 }}
            whole
            digits={0}
            unit="px"
            onChange={(stride) => onChange({ ...head, stride })}
          />
        </Field>
      );
    default:
      return head satisfies never;
  }
}

function Strides({
  value,
  onChange,
}: {
  readonly value: readonly number[];
  readonly onChange: (strides: number[]) => void;
}) {
  return (
    <Field label="Strides">
      <TextField label="Strides" value={value.join(', ')} onChange={(text) => onChange(numbersIn(text))} />
    </Field>
  );
}

function Bins({ value, onChange }: { readonly value: number; readonly onChange: (bins: number) => void }) {
  return (
    <Field label="Bins of a side">
      <NumberField
        label="Bins of a side"
        value={value}
        range={{ min: 2, max: 64 }}
        whole
        digits={0}
        onChange={onChange}
      />
    </Field>
  );
}
