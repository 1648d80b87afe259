import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLabServer, type LabServer } from './labServer.ts';

let directory: string;
let server: LabServer;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-'));
  await writeFile(path.join(directory, 'index.html'), '<p>lab</p>');
  server = await startLabServer({ root: directory });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

test('serves the build cross-origin isolated', async () => {
  const response = await fetch(server.url);
  expect(await response.text()).toBe('<p>lab</p>');
  expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
});

test('serves shared files and nothing else outside the build', async () => {
  const url = server.share(import.meta.filename);
  expect(await (await fetch(url)).text()).toContain('serves shared files');
  for (const path of ['gone.js', '..%2f..%2fetc%2fpasswd', 'shared/7/x', '%']) {
    expect((await fetch(server.url + path)).status, path).toBe(404);
  }
});

test('takes the next port when the wished one is in use', async () => {
  const port = Number(new URL(server.url).port);
  const other = await startLabServer({ root: directory, port });
  expect(Number(new URL(other.url).port)).toBeGreaterThan(port);
  await other.close();
});

test('serves a part of a file, as video players ask for it', async () => {
  for (const [range, part, content] of [
    ['bytes=3-', 'bytes 3-9/10', 'lab</p>'],
    ['bytes=0-2', 'bytes 0-2/10', '<p>'],
  ] as const) {
    const response = await fetch(server.url, { headers: { Range: range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe(part);
    expect(await response.text()).toBe(content);
  }
});
