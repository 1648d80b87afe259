/**
 * Turns what zod found into one sentence for a person: which path, what stands there, what is allowed.
 *
 * Every leaf of our schemas carries its allowed values as the text of its error (`must`), so a sentence can be
 * built from the path and the value alone.
 */
import type { z } from 'zod';

/** Longest value that a message quotes, characters. */
const QUOTED_CHARACTERS = 60;

/** The error parameter of a zod schema: what the value must be, as the end of a sentence without its full stop. */
export const must = (be: string): { error: (issue: { code?: string }) => string | undefined } => ({
  error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : be),
});

/**
 * The first finding as a sentence.
 * @param subject what was read: "The experiment"
 * @param input the value that was read, to quote from
 */
export function sentenceOf(error: z.ZodError, subject: string, input: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return `${subject} is not valid.`;
  const path = existing(input, issue.path.map(String));
  const place = path.length === 0 ? subject : `${subject}: ${dotted(path)}`;
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return issue.keys.length === 1
      ? `${place} has a key that nobody reads (${keys}); correct or remove it.`
      : `${place} has keys that nobody reads (${keys}); correct or remove them.`;
  }
  const value = valueAtPath(input, path);
  if (value === undefined) return `${place} is missing; it must be ${issue.message}.`;
  return `${place} is ${quoted(value)}, but must be ${issue.message}.`;
}

/** The path, cut where it leads into something that is no object: "policy.name" of a policy that is a text. */
function existing(input: unknown, path: readonly string[]): readonly string[] {
  const end = path.findIndex((_, i) => {
    const parent = valueAtPath(input, path.slice(0, i));
    return typeof parent !== 'object' || parent === null;
  });
  return end < 0 ? path : path.slice(0, end);
}

/** ["knobs", "1"] as knobs[1]. */
function dotted(path: readonly string[]): string {
  return path.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

function valueAtPath(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    input,
  );
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return String(value);
  return text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text;
}
