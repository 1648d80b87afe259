/** Hands a file to the browser's downloads. */

/** The object URL is let go once the browser has surely begun reading it, milliseconds. */
const REVOKE_AFTER_MS = 30_000;

export function download(content: Blob | string, name: string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}

/** "oneadapt-crossing-400kbps" and the like: what a file in a folder should say about itself. */
export function fileStem(parts: readonly string[]): string {
  return ['oneadapt', ...parts].join('-').replace(/[^\w.-]+/g, '_');
}
