import { readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { foreignFolder, QualmError } from '@qualm/types';

/** @throws QualmError `model-missing` where there is no such file, `model-invalid` for a folder;
 * both say what to give.
 */
export async function assertModelFile(path: string): Promise<void> {
  const found = await stat(path).catch(async (cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'is not there' : `cannot be read (${cause.message})`;
    throw new QualmError('model-missing', `models draft: "${path}" ${why}; ${await adviceIn(dirname(path))}`, {
      cause,
    });
  });
  if (!found.isDirectory()) return;
  const names = await readdir(path).catch(() => []);
  const foreign = foreignFolder(names);
  const what = foreign ? `${foreign.what}; ${foreign.advice}` : `a folder; ${await adviceIn(path)}`;
  throw new QualmError('model-invalid', `models draft: "${path}" is ${what}`);
}

async function adviceIn(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const models = names.filter((name) => /\.onnx$/i.test(name) || name === 'model.json').sort();
  if (models.length === 0) return 'give an .onnx file, or the model.json of TF.js';
  return `give a model of "${folder}": ${models.slice(0, 5).join(', ')}`;
}
