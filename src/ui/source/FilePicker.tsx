/** A button that opens the file chooser; the input stays reachable for assistive technology and tests. */
import { useId, type ReactNode } from 'react';

interface Props {
  readonly accept: string;
  readonly multiple?: boolean;
  /** Chooses a whole folder. */
  readonly folder?: boolean;
  readonly testId?: string;
  readonly id?: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

export function FilePicker({
  accept,
  multiple = false,
  folder = false,
  testId,
  id,
  onFiles,
  children,
}: Props) {
  const own = useId();
  return (
    <span className="file-picker">
      <input
        id={id ?? own}
        className="visually-hidden"
        type="file"
        accept={accept}
        multiple={multiple}
        {...(folder ? { webkitdirectory: '' } : {})}
        data-testid={testId}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <label htmlFor={id ?? own} className="button">
        {children}
      </label>
    </span>
  );
}
