/** Text into HTML: everything that comes from a report passes here, since a report may come from a stranger. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as element content and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** A number with as many digits as a reader needs. */
export function readable(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits =
    size === 0 || Number.isInteger(value) ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 3 : 4;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}
