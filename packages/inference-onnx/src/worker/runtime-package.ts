import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { neededLibraries } from './elf-libraries.ts';

/* What an installed onnxruntime-node holds, by its files; `file` is its entry,
 * `<package>/dist/index.js`. */

/** The folders of the runtime's binary for this machine; none where it has none. */
export function binaryFolders(file: string): string[] {
  const root = path.join(path.dirname(file), '..', 'bin');
  const bindings = existsSync(root) ? readdirSync(root).filter((name) => name.startsWith('napi-v')) : [];
  return bindings.map((name) => path.join(root, name, process.platform, process.arch));
}

/** The machines that the runtime has a binary for: `linux/x64`. */
export function knownMachines(file: string): string[] {
  const folders = (place: string): string[] => (existsSync(place) ? readdirSync(place) : []);
  return binaryFolders(file).flatMap((own) => {
    const all = path.dirname(path.dirname(own));
    return folders(all).flatMap((platform) => folders(path.join(all, platform)).map((arch) => `${platform}/${arch}`));
  });
}

/** What is missing for a provider, in words, or null when its library lies beside the runtime's
 * binding. Asking ONNX Runtime itself prints to the terminal when the library is missing.
 */
export function missingLibrary(file: string, provider: 'cuda' | 'tensorrt'): string | null {
  const folders = binaryFolders(file);
  const library = libraryOf(provider);
  if (folders.some((folder) => existsSync(path.join(folder, library)))) return null;
  return `${library} is not in ${folders[0] ?? path.dirname(file)}`;
}

/** Which CUDA the runtime needs: by its library where it is there, else by what the package's own
 * install script fetches for this machine; null where it knows of none.
 * @example cudaWanted(file) // 'CUDA 12 (libcublasLt.so.12, libcudart.so.12, libcudnn.so.9)'
 */
export function cudaWanted(file: string): string | null {
  const folder = binaryFolders(file).find((own) => existsSync(path.join(own, libraryOf('cuda'))));
  if (folder !== undefined) {
    const needed = neededLibraries(path.join(folder, libraryOf('cuda'))).filter((name) => /^libcu/.test(name));
    const version = needed.map((name) => /^libcudart\.so\.(\d+)/.exec(name)?.[1]).find(Boolean);
    return version === undefined ? 'CUDA' : `CUDA ${version} (${needed.join(', ')})`;
  }
  const fetched = fetchedFor(file);
  if (fetched === null) return 'the CUDA that it was built for';
  const [, version] = /^cuda(\d+)$/.exec(fetched[0] ?? '') ?? [];
  return version === undefined ? null : `CUDA ${version}`;
}

/** What the install script fetches for this machine, `['cuda12']`; null where it does not say. */
function fetchedFor(file: string): readonly string[] | null {
  try {
    const script = path.join(path.dirname(file), '..', 'script', 'install-metadata.js');
    const { requirements } = createRequire(file)(script) as { requirements: Record<string, string[]> };
    return requirements[`${process.platform}/${process.arch}`] ?? [];
  } catch {
    return null;
  }
}

function libraryOf(provider: string): string {
  return `libonnxruntime_providers_${provider}.so`;
}
