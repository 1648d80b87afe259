/** What the fields of all heads have in common: the head itself, and nodes of the graph by name. */
import { Field, TextField } from './Field.tsx';
import { namesOfNodes, type Head } from './headKinds.ts';

export interface HeadProps<H extends Head = Head> {
  readonly head: H;
  readonly nodes: readonly string[];
  readonly onChange: (head: Head) => void;
}

interface NodesProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly choices: readonly string[];
  readonly onChange: (nodes: string[]) => void;
}

/** Nodes of the graph by name, several separated by commas. */
export function Nodes({ label, value, choices, onChange }: NodesProps) {
  return (
    <Field label={label}>
      <TextField
        label={`Nodes: ${label}`}
        value={value.join(', ')}
        choices={value.length > 1 ? [] : choices}
        onChange={(text) => onChange(namesOfNodes(text))}
      />
    </Field>
  );
}
