/**
 * `npm test`: everything that has to hold, cheapest first. Stops at the first stage that fails, with its exit code,
 * and sums up. What needs no browser takes one core each and runs two at a time; a browser's stages need all cores.
 */
import { spawnSync } from 'node:child_process';
import { ensureBrowser } from './ensureBrowser.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

interface Stage {
  readonly name: string;
  readonly script: string;
}

const STAGES: readonly Stage[] = [
  { name: 'quick', script: 'test:quick' },
  { name: 'browser', script: 'test:browser' },
  { name: 'e2e', script: 'test:e2e' },
];

function main(): number {
  console.log(`Browser: ${ensureBrowser()}`);
  const lines: string[] = [];
  let exitCode = 0;
  for (const { name, script } of STAGES) {
    if (exitCode !== 0) {
      lines.push(`  ${name.padEnd(10)} not run`);
      continue;
    }
    console.log(`\n== ${name}: npm run ${script}`);
    const started = performance.now();
    const { status, signal } = spawnSync('npm', ['run', '--silent', script], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    exitCode = status ?? (signal === 'SIGINT' ? 130 : 1);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    lines.push(
      `  ${name.padEnd(10)} ${exitCode === 0 ? 'passed' : `FAILED (exit ${exitCode})`} in ${seconds} s`,
    );
  }
  console.log(`\n${lines.join('\n')}`);
  return exitCode;
}

try {
  process.exit(main());
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
