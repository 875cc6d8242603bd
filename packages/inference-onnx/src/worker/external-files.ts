import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { onnxExternalFiles, renameOnnxFiles } from '@qualm/types/onnx-files';

/** A file in which a model keeps weights. */
export interface ExternalFile {
  /** As the model names it, relative to its folder. */
  readonly location: string;
  /** Where it is, by all links; null where nothing is. */
  readonly real: string | null;
  /** Whether the name itself leads out of the model's folder. */
  readonly leaves: boolean;
}

/** A model in memory whose weights are named from another folder. */
export interface ModelElsewhere {
  readonly bytes: Uint8Array;
  readonly folder: string;
}

/** The files in which the model at that path keeps weights; none for what is not ONNX. */
export async function externalFiles(model: string): Promise<readonly ExternalFile[]> {
  const folder = dirname(model);
  const bytes = await readFile(model).catch(() => new Uint8Array());
  return Promise.all(
    onnxExternalFiles(bytes).map(async (location) => {
      const place = resolve(folder, location);
      return { location, real: await realpath(place).catch(() => null), leaves: leaves(folder, place) };
    }),
  );
}

/** Whether a link leads from the model's folder to one of its files. */
export async function isLinkedOut(model: string, files: readonly ExternalFile[]): Promise<boolean> {
  const folder = await realpath(dirname(model));
  return files.some(({ real }) => real !== null && leaves(folder, real));
}

/** The model with its weights named where they are behind all links: ONNX Runtime follows no link
 * out of a model's folder, as those of Hugging Face's cache are.
 */
export async function withRealFiles(model: string, files: readonly ExternalFile[]): Promise<ModelElsewhere> {
  const places = files.flatMap(({ location, real }) => (real === null ? [] : [[location, real] as const]));
  const folder = commonFolder(places.map(([, real]) => dirname(real)));
  const names = new Map(places.map(([location, real]) => [location, relative(folder, real).replaceAll(sep, '/')]));
  return { bytes: renameOnnxFiles(await readFile(model), names), folder };
}

function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...others] = folders;
  const parts = first.split(sep);
  let shared = parts.length;
  for (const other of others) {
    const differs = other.split(sep).findIndex((part, at) => part !== parts[at]);
    shared = Math.min(shared, differs < 0 ? other.split(sep).length : differs);
  }
  return parts.slice(0, shared).join(sep) || sep;
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}
