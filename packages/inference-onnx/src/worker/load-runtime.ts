import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import type * as onnxruntime from 'onnxruntime-node';
import { reasonOf } from './reason-of.ts';

/** The API of `onnxruntime-node`. */
export type OnnxRuntime = typeof onnxruntime;

/** The runtime, and the file that it was imported from.
 * @throws QualmError `backend-unavailable` when it cannot be imported.
 */
export async function loadRuntime(runtime: string): Promise<{ readonly ort: OnnxRuntime; readonly file: string }> {
  // onnxruntime-node refuses Uint16Array for float16 wherever Float16Array exists (Node 24), and
  // its binding then refuses Float16Array too. This thread's globals are its own.
  Reflect.deleteProperty(globalThis, 'Float16Array');
  try {
    const file = runtimeFile(runtime);
    const module = (await import(pathToFileURL(file).href)) as OnnxRuntime & { readonly default?: OnnxRuntime };
    const ort = module.default ?? module;
    // Whatever goes wrong is thrown; a library has no business on the user's terminal.
    ort.env.logLevel = 'fatal';
    return { ort, file };
  } catch (error) {
    const advice = 'install it with: npm install onnxruntime-node';
    throw new QualmError(
      'backend-unavailable',
      `load: "${runtime}" cannot be imported (${reasonOf(error)}); ${advice}`,
    );
  }
}

function runtimeFile(runtime: string): string {
  if (runtime.startsWith('file:')) return fileURLToPath(runtime);
  return path.isAbsolute(runtime) ? runtime : createRequire(import.meta.url).resolve(runtime);
}
