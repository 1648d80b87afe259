/** What the browser keeps between visits. One that forbids storage, or has no room, forgets it with the page; nothing else is lost. */

/** null: nothing was kept, or it cannot be read. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param value null: is forgotten */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // See above.
  }
}
