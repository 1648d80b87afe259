/**
 * Serves /shared-assets/ from ../shared/assets where that folder exists: models and clips for tests and measurements
 * that are not ours to ship. Only the development server has it (and with it the browser tests); a build does not.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = normalize(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared', 'assets'));

const TYPES: Readonly<Record<string, string>> = { '.json': 'application/json', '.mp4': 'video/mp4' };

export function sharedAssets(): Plugin {
  return {
    name: 'shared-assets',
    configureServer(server) {
      server.middlewares.use('/shared-assets', (request, response) => {
        const path = normalize(join(FOLDER, decodeURIComponent((request.url ?? '').split('?')[0] ?? '')));
        if (!path.startsWith(FOLDER + sep) || !existsSync(path) || !statSync(path).isFile()) {
          response.writeHead(404, { 'Content-Type': 'text/plain' });
          response.end(`There is no shared asset ${request.url ?? ''}.`);
          return;
        }
        const { size } = statSync(path);
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'Content-Type': type, 'Content-Length': size });
        createReadStream(path).pipe(response);
      });
    },
  };
}
