import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const library = 'libonnxruntime_providers_cuda.so';

/** What is missing for CUDA, in words, or `null` when its library lies beside the runtime's
 * binding. Asking ONNX Runtime itself prints to the terminal when the library is missing.
 * @param file the runtime's entry, `<package>/dist/index.js`
 */
export function missingCudaLibrary(file: string): string | null {
  const root = path.join(path.dirname(file), '..', 'bin');
  const bindings = existsSync(root) ? readdirSync(root).filter((name) => name.startsWith('napi-v')) : [];
  const folders = bindings.map((name) => path.join(root, name, process.platform, process.arch));
  if (folders.some((folder) => existsSync(path.join(folder, library)))) return null;
  return `${library} is not in ${folders[0] ?? root}`;
}
