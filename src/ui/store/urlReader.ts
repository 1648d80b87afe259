/** Typed, clamped reading of a query, collecting a sentence for everything that was not taken as written. */
import { clamp, type Range } from './defaults.ts';

/** Longest text taken from an address; more is no name or URL that a person wrote. */
const MAX_TEXT_LENGTH = 2000;

export class UrlReader {
  readonly notices: string[] = [];
  private readonly query: URLSearchParams;
  private readonly asked = new Set<string>();

  constructor(query: URLSearchParams) {
    this.query = query;
  }

  note(sentence: string): void {
    this.notices.push(sentence);
  }

  has(key: string): boolean {
    this.asked.add(key);
    return this.query.has(key);
  }

  /** Keys that nobody has asked for: misspelt, or of another policy, source or page. */
  unread(): string[] {
    return [...new Set(this.query.keys())].filter((key) => !this.asked.has(key));
  }

  /** undefined where the key is missing, empty or far too long. */
  text(key: string, longest = MAX_TEXT_LENGTH): string | undefined {
    this.asked.add(key);
    const text = this.query.get(key);
    if (text === null || text === '') return undefined;
    if (text.length <= longest) return text;
    this.note(`The address's "${key}" is too long to be true and was left out.`);
    return undefined;
  }

  oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const text = this.text(key);
    if (text === undefined) return fallback;
    const choice = choices.find((c) => c === text);
    if (choice !== undefined) return choice;
    this.note(`The address's ${key} "${text}" is not one of ${choices.join(', ')}; ${fallback} is used.`);
    return fallback;
  }

  number<F extends number | null>(key: string, range: Range, fallback: F): number | F {
    const text = this.text(key);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!Number.isFinite(value)) {
      this.note(`The address's ${key} "${text}" is not a number; ${fallback ?? 'none'} is used.`);
      return fallback;
    }
    const inside = clamp(value, range);
    if (inside !== value) {
      this.note(`The address's ${key} ${text} is outside ${range.min} … ${range.max}; ${inside} is used.`);
    }
    return inside;
  }

  numberOrOff(key: string, range: Range, fallback: number | null): number | null {
    return this.text(key) === 'off' ? null : this.number(key, range, fallback);
  }
}
