import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { foreignFile, foreignFileBytes } from '@qualm/types';
import type { ForeignFile } from '@qualm/types';

/** What a model's file is instead of ONNX, or what its weights beside it are instead of numbers;
 * null where neither is known.
 */
export async function foreignModel(path: string): Promise<string | null> {
  const model = await foreignAt(path);
  if (model && model.kind !== 'onnx') return `it is ${model.what}, expected an ONNX model; ${model.advice}`;
  const name = basename(path);
  const beside = await readdir(dirname(path)).catch(() => []);
  for (const other of beside.filter((entry) => entry !== name && !isModel(entry)).slice(0, mostBeside)) {
    const weights = await foreignAt(join(dirname(path), other));
    if (weights?.kind === 'git-lfs') return `"${other}" beside it is ${weights.what}; ${weights.advice}`;
  }
  return null;
}

const mostBeside = 1000;

/** Another model, whose state says nothing of this one's weights. */
function isModel(name: string): boolean {
  return extname(name).toLowerCase() === '.onnx';
}

async function foreignAt(path: string): Promise<ForeignFile | null> {
  try {
    if (!(await stat(path)).isFile()) return null;
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(foreignFileBytes), 0, foreignFileBytes, 0);
      return foreignFile(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
