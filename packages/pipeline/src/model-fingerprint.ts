import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HeadForm, HeadOptions, ResolvedModel } from '@qualm/types';
import { modelFile } from './model-file.ts';

/** What decides the predictions of a model: its spec, its files, and what was chosen at loading. */
export interface FingerprintSubject extends ResolvedModel {
  readonly form?: HeadForm;
  readonly headOptions?: HeadOptions;
}

/** A SHA-256 in hex that changes when the predictions may: over the spec, the form, the options of the head, the model
 * file, and files beside it that it names (weights of TF.js, external data of ONNX). The folder's place does not matter.
 * @throws QualmError `model-missing`, `path-outside`.
 * @example await modelFingerprint(model) // '9f86d081884c7d65...'
 */
export async function modelFingerprint(subject: FingerprintSubject): Promise<string> {
  const { spec, form = null, headOptions = {} } = subject;
  const { minScore = null, topK = null } = headOptions;
  const file = await modelFile(subject);
  const bytes = await readFile(file);
  const hash = createHash('sha256').update(JSON.stringify([sortKeys(spec), form, minScore, topK]));
  hash.update(bytes);
  for (const entry of (await readdir(dirname(file), { withFileTypes: true })).sort(byName)) {
    const { name } = entry;
    if ((entry.isFile() || entry.isSymbolicLink()) && name !== basename(file) && bytes.includes(name))
      await add(hash, name, join(dirname(file), name));
  }
  return hash.digest('hex');
}

function byName(first: { readonly name: string }, second: { readonly name: string }): number {
  return first.name < second.name ? -1 : 1;
}

async function add(hash: Hash, name: string, path: string): Promise<void> {
  hash.update(`\n${name}\n`);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
