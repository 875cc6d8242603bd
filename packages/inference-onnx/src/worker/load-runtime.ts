import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import type * as onnxruntime from 'onnxruntime-node';
import { reasonOf } from './reason-of.ts';
import { knownMachines } from './runtime-package.ts';

/** The API of `onnxruntime-node`. */
export type OnnxRuntime = typeof onnxruntime;

/** The runtime, and the file that it was imported from. */
export interface LoadedRuntime {
  readonly ort: OnnxRuntime;
  readonly file: string;
}

/** The runtime as people know it: `onnxruntime-node 1.29.0`. */
export function nameOf({ ort }: LoadedRuntime): string {
  return `onnxruntime-node ${ort.env?.versions?.node ?? ''}`.trim();
}

/** The runtime that a module specifier, a path or a `file:` URL names.
 * @throws QualmError `backend-unavailable` when it cannot be imported.
 */
export async function loadRuntime(runtime: string = 'onnxruntime-node'): Promise<LoadedRuntime> {
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
    const message = `load: "${runtime}" cannot be imported (${reasonOf(error)}); ${adviceFor(runtime)}`;
    throw new QualmError('backend-unavailable', message);
  }
}

function adviceFor(runtime: string): string {
  const machine = `${process.platform}/${process.arch}`;
  try {
    const known = knownMachines(runtimeFile(runtime));
    if (known.length > 0 && !known.includes(machine))
      return `it has binaries for ${known.join(', ')}, none for ${machine}; use another version, or TensorFlow.js`;
  } catch {
    // It is not installed.
  }
  return 'install it with: npm install onnxruntime-node';
}

function runtimeFile(runtime: string): string {
  if (runtime.startsWith('file:')) return fileURLToPath(runtime);
  return path.isAbsolute(runtime) ? runtime : createRequire(import.meta.url).resolve(runtime);
}
