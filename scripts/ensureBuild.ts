/** Builds the lab when there is no build or the sources are newer. */
import type { Stats } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

/** What the build is made of, relative to the project. */
const SOURCES = [
  'src',
  'public',
  'index.html',
  'headless.html',
  'vite.config.ts',
  'scripts/wasmThreads.ts',
  'package.json',
  'package-lock.json',
];
const IS_TEST = /\.(test|browser)\.tsx?$/;

/**
 * @param project directory of the project
 * @param onBuild called when a build is needed, before it starts
 * @returns directory of the build
 */
export async function ensureBuild(project: string, onBuild: () => void): Promise<string> {
  const dist = path.join(project, 'dist');
  const built = await stat(path.join(dist, 'headless.html')).catch(() => null);
  if (built !== null && built.mtimeMs >= (await newest(project))) return dist;
  onBuild();
  // Built beside and then moved: whoever serves the old build is never left with half of a new one.
  const cache = path.join(project, 'node_modules', '.cache', 'oneadapt');
  const fresh = path.join(cache, `dist-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    await build({ root: project, logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } });
    await rename(dist, old).catch(() => undefined);
    await rename(fresh, dist);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return dist;
}

/** Time of the latest change, milliseconds since 1970. */
async function newest(project: string): Promise<number> {
  let latest = 0;
  await walk(project, (_, found) => (latest = Math.max(latest, found.mtimeMs)));
  return latest;
}

/** Every file that the build is made of. */
export async function labFiles(project: string): Promise<string[]> {
  const files: string[] = [];
  await walk(project, (entry, found) => found.isFile() && files.push(entry));
  return files;
}

async function walk(project: string, visit: (entry: string, found: Stats) => void): Promise<void> {
  const look = async (entry: string): Promise<void> => {
    const found = await stat(entry).catch(() => null);
    if (found === null || IS_TEST.test(entry)) return;
    visit(entry, found);
    if (!found.isDirectory()) return;
    for (const name of await readdir(entry)) await look(path.join(entry, name));
  };
  for (const source of SOURCES) await look(path.join(project, source));
}
