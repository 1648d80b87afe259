/** Where the page's own files lie. */

/**
 * URL of the page's folder, also in a worker. In a build with base './' this file's chunk lies in the folder below
 * (assets/); a development server's base is absolute.
 */
export function pageBase(): string {
  const chunk = import.meta.url; // Not inside `new URL(…)`: Vite would take that for an asset.
  const base = import.meta.env.BASE_URL;
  return base.startsWith('.') ? new URL('..', chunk).href : new URL(base, globalThis.location.href).href;
}
