import { open, readdir, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodeUtf8, foreignFile, foreignFileBytes, foreignFolder, QualmError } from '@qualm/types';
import { explainNotASpec, howToWriteOne } from './explain-not-a-spec.ts';

const maxBytes = 16 * 2 ** 20;

/** The JSON value in a spec's file.
 * @throws QualmError `model-missing` when it cannot be read, `spec-invalid` when it is something
 * else, which is named.
 */
export async function readSpecFile(path: string): Promise<unknown> {
  const value = parseJson(await readBytes(path), path);
  if (!isTfjsModel(value)) return value;
  throw invalid(
    `"${path}" is a model of TensorFlow.js; expected a model spec. ${howToWriteOne(basename(path), 'tfjs')}`,
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw await folder(path);
    if (!found.isFile()) return await readFile(path);
    const file = await open(path);
    try {
      return await readWhole(file, found.size, path);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (QualmError.is(cause)) throw cause;
    throw new QualmError('model-missing', `readModelSpec: cannot read "${path}"; check the path`, { cause });
  }
}

async function readWhole(file: FileHandle, size: number, path: string): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(foreignFileBytes), 0, foreignFileBytes, 0);
  const foreign = foreignFile(buffer.subarray(0, bytesRead));
  if (foreign) throw invalid(explainNotASpec(path, foreign));
  if (size > maxBytes)
    throw invalid(`"${path}" has ${size} bytes; expected a model spec, which is JSON of some kilobytes`);
  return file.readFile();
}

async function folder(path: string): Promise<QualmError> {
  const names = await readdir(path);
  const foreign = foreignFolder(names);
  if (foreign) return invalid(`"${path}" is ${foreign.what}; expected a model spec; ${foreign.advice}`);
  const specs = names.filter((name) => name.endsWith('.json')).slice(0, 5);
  const advice = specs.length > 0 ? `give one of its files: ${specs.join(', ')}` : 'give the path of a spec';
  return invalid(`"${path}" is a folder; expected a model spec; ${advice}`);
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`"${path}" is not valid JSON: ${reason}`, cause);
  }
}

function isTfjsModel(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'modelTopology' in value;
}

function invalid(message: string, cause?: unknown): QualmError {
  return new QualmError('spec-invalid', `readModelSpec: ${message}`, { cause });
}
