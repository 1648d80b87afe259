/** Which code has measured something. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

/** What the lab in the browser is made of. */
const LAB = ['src', 'public', 'index.html', 'headless.html', 'vite.config.ts', 'package-lock.json'];

const git = (...words: string[]): string =>
  execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });

/** The commit that is checked out, and whether files differ from it; "unknown" outside a clone. */
export function commitOf(): string {
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'package.json').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (changed ? ' with uncommitted changes' : '');
  } catch {
    return 'unknown';
  }
}

/** The same for the same sources of the lab: a commit that changes only words elsewhere changes no figure. */
export function labOf(version: string): string {
  const hash = createHash('sha256').update(version);
  try {
    hash.update(git('ls-tree', 'HEAD', ...LAB)).update(git('diff', 'HEAD', '--', ...LAB));
    hash.update(git('ls-files', '--others', '--exclude-standard', '--', ...LAB));
  } catch {
    // No clone: the version alone tells.
  }
  return hash.digest('hex').slice(0, 12);
}
