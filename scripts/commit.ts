/** Which code has measured something. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { labFiles } from './ensureBuild.ts';

const git = (...words: string[]): string =>
  execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The commit that is checked out, and whether files differ from it; "unknown" outside a clone. */
export function commitOf(): string {
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'package.json').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (changed ? ' with uncommitted changes' : '');
  } catch {
    return 'unknown';
  }
}

/** The same where the lab's own files hold the same, whatever was committed and whatever else has changed. */
export async function labOf(project: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await labFiles(project)).sort()) {
    // Scripts are named there; what the lab depends on is in package-lock.json.
    if (path.basename(file) === 'package.json') continue;
    hash.update(`${path.relative(project, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}
