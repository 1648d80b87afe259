/** Names of classes from what exporters put beside a model. */
import { z } from 'zod';

const list = z.array(z.string()).min(1);
const numbered = z.record(z.string().regex(/^\d+$/), z.string());
const named = z.looseObject({ names: z.unknown(), labels: z.unknown(), classes: z.unknown() }).partial();

/**
 * Names in the order of their numbers, from JSON: a list, {"0": name, …}, or either below "names", "labels" or
 * "classes".
 * @returns null where there are none
 */
export function namesFromJson(json: unknown): readonly string[] | null {
  const asList = list.safeParse(json);
  if (asList.success) return asList.data;
  const asNumbered = numbered.safeParse(json);
  if (asNumbered.success)
    return inOrder(Object.entries(asNumbered.data).map(([key, name]) => [Number(key), name]));
  const within = named.safeParse(json);
  if (!within.success) return null;
  for (const part of [within.data.names, within.data.labels, within.data.classes]) {
    const names = part === undefined ? null : namesFromJson(part);
    if (names) return names;
  }
  return null;
}

/**
 * The same from the metadata.yaml that ultralytics writes beside an export (engine/exporter.py): below "names:" one
 * line "  0: person" for each class, or "- person", or a list in brackets. No other YAML is understood.
 */
export function namesFromYaml(text: string): readonly string[] | null {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^names\s*:/.test(line));
  if (start < 0) return null;
  const bracketed = /^names\s*:\s*\[(.*)\]\s*$/.exec(lines[start] ?? '')?.[1];
  if (bracketed !== undefined) return bracketed.split(',').map(unquoted);
  const entries: [number, string][] = [];
  for (const line of lines.slice(start + 1)) {
    const entry = /^\s*(?:(\d+)\s*:|-)\s+(.+?)\s*$/.exec(line);
    if (!entry) break;
    entries.push([Number(entry[1] ?? entries.length), unquoted(entry[2] ?? '')]);
  }
  return inOrder(entries);
}

/** Names from a plain text, one a line, as labels.txt and obj.names have them; null where there are none. */
export function namesFromText(text: string): readonly string[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const names = lines.filter((line) => line !== '');
  return names.length > 0 && !text.includes('\0') ? names : null;
}

/** Files that name classes; a README.txt beside a model does not. */
const PLAIN_NAMES = /(^|[-_.])(names?|labels?|class(es)?|categories)([-_.]|$)/i;

/** Is a file beside a model worth a look for names, by what it is called? */
export const mayNameClasses = (file: string): boolean =>
  /^metadata\.json$|\.ya?ml$/i.test(file) || (/\.(json|txt|names)$/i.test(file) && PLAIN_NAMES.test(file));

/**
 * Names from a file of any of these kinds, told apart by its name: .json, .yaml or .yml, and .txt or .names where it is
 * called after what it holds.
 * @param anyText also take a .txt of another name, as a person chose it for its names
 */
export function namesFromFile(file: string, text: string, anyText = false): readonly string[] | null {
  if (/\.json$/i.test(file)) return namesFromJson(parsedOrNull(text));
  if (/\.ya?ml$/i.test(file)) return namesFromYaml(text);
  const isPlain = /\.(txt|names)$/i.test(file) && (anyText || PLAIN_NAMES.test(file));
  return isPlain ? namesFromText(text) : null;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unquoted = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

/** null unless the numbers are 0, 1, 2, … */
function inOrder(entries: readonly (readonly [number, string])[]): readonly string[] | null {
  const sorted = [...entries].sort(([a], [b]) => a - b);
  const isWhole = sorted.length > 0 && sorted.every(([number], i) => number === i);
  return isWhole ? sorted.map(([, name]) => name) : null;
}
