/** The project's npm scripts as a person runs them. */
import { spawn } from 'node:child_process';
import { PROJECT } from './assets.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
}

/** A run that takes longer is ended, so that what it said until then can be shown, milliseconds. */
const PATIENCE_MS = 360_000;

/** `npm run SCRIPT -- WORDS`, as a person calls it. */
export function npmRun(script: string, words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script, '--', ...words], {
      cwd: PROJECT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const timer = setTimeout(() => child.kill('SIGTERM'), PATIENCE_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}

/** npm puts lines of its own on stderr on some machines. */
export const ownLines = (stderr: string): string[] =>
  stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
