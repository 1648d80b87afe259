/** JSON as people write it: with comments. */

/** A string, which may hold what looks like a comment, or a comment. */
const STRING_OR_COMMENT = /"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;

/** @throws SyntaxError as JSON.parse does, at the same place of the text */
export function parseJsonc(text: string): unknown {
  // Blanks keep every place, so that the error's line and column are those of the file.
  const plain = text.replace(STRING_OR_COMMENT, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n\r]/g, ' '),
  );
  return JSON.parse(plain) as unknown;
}

/** An object of parsed JSON, and no list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
