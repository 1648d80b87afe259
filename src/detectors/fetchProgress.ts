/** What the progress bar says while a model's files arrive: one bar for all of them where their sizes are known. */
import type { OnBytes } from './download.ts';
import type { PinnedFile } from './integrity.ts';
import type { OnProgress } from './progress.ts';

const MEGABYTE = 1e6;

const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

/** "Fetching NanoDet, 1.2 of 2.1 MB"; small files and those of unknown size have no figures. */
const labelOf = (name: string, received: number, total: number | null): string =>
  total === null || total < MEGABYTE
    ? `Fetching ${name}`
    : `Fetching ${name}, ${megabytes(received)} of ${megabytes(total)} MB`;

/**
 * @param whole the model's name and all its files, where they are known beforehand
 * @returns for the name of a file, what is to be told of its bytes
 */
export function fetchProgress(
  whole: { readonly label: string; readonly files: readonly PinnedFile[] } | undefined,
  onProgress: OnProgress,
): (file: string) => OnBytes {
  const tell = (name: string, received: number, total: number | null): void =>
    onProgress(labelOf(name, received, total), total === null ? null : Math.min(1, received / total));
  if (!whole) return (file) => (received, total) => tell(file, received, total);
  const { label, files } = whole;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (file) => {
    const before = files.slice(
      0,
      files.findIndex(({ name }) => name === file),
    );
    const done = before.reduce((sum, { bytes }) => sum + bytes, 0);
    return (received) => tell(label, done + received, total);
  };
}
