/**
 * Makes the threads of tfjs-wasm survive a minified build.
 *
 * tfjs starts each thread from the text of a function (`wasmFactory.toString()`), and that function reads the
 * variable `_scriptDir` around it under the guard of a `typeof`. A minifier renames the variable and drops the guard,
 * so in a build every thread dies of "e is not defined". The variable has no value in a module worker anyway.
 * See https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-backend-wasm/src/backend_wasm.ts#L409
 */
import type { Plugin } from 'vite';

const FILE = 'tfjs-backend-wasm-threaded-simd.js';
const READ = 'typeof _scriptDir !== "undefined" && _scriptDir';
const FALLBACK = 'Module["mainScriptUrlOrBlob"]||_scriptDir';

export function wasmThreads(): Plugin {
  return {
    name: 'oneadapt:wasm-threads',
    apply: 'build',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith(FILE)) return null;
      if (!code.includes(READ) || !code.includes(FALLBACK)) {
        this.error(
          `${FILE} has changed: look whether threads still start in a build, and correct wasmThreads.ts.`,
        );
      }
      return {
        code: code.replace(READ, 'false').replace(FALLBACK, 'Module["mainScriptUrlOrBlob"]'),
        map: null,
      };
    },
  };
}
