/** Real clips and detectors, which lie beside the project on some machines and are never copied into it. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const PROJECT = path.resolve(import.meta.dirname, '../..');

const ASSETS = path.resolve(PROJECT, '../shared/assets');

/** Path of a shared asset, or undefined where there is none. */
export function asset(name: string): string | undefined {
  const file = path.join(ASSETS, name);
  return existsSync(file) ? file : undefined;
}

/** What a test that needs an asset says when it is skipped. */
export const absent = (name: string): string => `../shared/assets/${name} is not on this machine.`;
