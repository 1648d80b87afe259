/** Bridges zod's "key may be undefined" to the domain's exact "key may be absent". */

/** `T` with keys that may be undefined turned into keys that may be absent, deeply. */
export type Exact<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Exact<T[K]> }
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Exact<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Exact<Exclude<T[K], undefined>>;
      }
    : T;

/** A deep copy of plain data without the keys whose value is undefined. */
export function withoutUndefined<T>(value: T): Exact<T> {
  return copy(value) as Exact<T>;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, copy(item)]),
  );
}
