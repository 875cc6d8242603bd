import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HeadDefinition, OutputForm, HeadOptions, ResolvedModel } from '@qualm/types';
import { assertResolved } from './assert-arguments.ts';
import { modelFile } from './model-file.ts';
import { weightFiles } from './weight-files.ts';

/** What decides the predictions of a model: its spec, its files, and what was chosen at loading. */
export interface IdentitySubject extends ResolvedModel {
  readonly form?: OutputForm;
  readonly headOptions?: HeadOptions;
  /** The head of the spec, where it is one of your own. */
  readonly customHead?: HeadDefinition;
}

/** What decides the predictions of a model, by name: the spec, the form, the options of the head, a
 * head of your own (its version, schema, defaults, and the text of its `createReader`), the model
 * file, and all files that hold its weights (external data of ONNX, wherever the model says;
 * weights of TF.js). Files and spec are identified by their SHA-256; the folder's place does not
 * matter.
 * @throws QualmError `model-missing`, `path-outside`.
 * @example await modelIdentity(model) // { model: 'yolox-nano', spec: '9f86d0...', 'file yolox.onnx': '60303a...', ... }
 */
export async function modelIdentity(subject: IdentitySubject): Promise<Readonly<Record<string, string>>> {
  assertResolved('modelIdentity', subject);
  const { spec, form, headOptions = {}, customHead } = subject;
  const { minScore, topK } = headOptions;
  const file = await modelFile(subject);
  const bytes = await readFile(file);
  const files = weightFiles(spec.flavor, bytes) ?? (await namedBeside(file, bytes));
  const entries: [string, string][] = [
    ['model', spec.name],
    ['spec', sha256(JSON.stringify(sortKeys(spec)))],
    ['form', String(form ?? 'as the spec says')],
    ['min-score', String(minScore ?? 'as the spec says')],
    ['top-k', String(topK ?? 'as the spec says')],
    ...(customHead ? [['head', digestOfHead(customHead)] as [string, string]] : []),
    [`file ${basename(file)}`, sha256(bytes)],
  ];
  for (const name of files) entries.push([`file ${name}`, await digestOf(join(dirname(file), name))]);
  return Object.fromEntries(entries);
}

/** A SHA-256 in hex over `modelIdentity`: it changes when the predictions may.
 * @throws QualmError `model-missing`, `path-outside`.
 * @example await modelFingerprint(model) // '9f86d081884c7d65...'
 */
export async function modelFingerprint(subject: IdentitySubject): Promise<string> {
  return sha256(JSON.stringify(Object.entries(await modelIdentity(subject))));
}

/** Of a flavor that somebody else brought: the files beside the model whose names it holds. */
async function namedBeside(file: string, bytes: Buffer): Promise<string[]> {
  const entries = await readdir(dirname(file), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.filter((name) => name !== basename(file) && bytes.includes(name)).sort();
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    return `not readable (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
  return hash.digest('hex');
}

/** What of a head can be seen to change; for what its reader calls, `version` says it. */
function digestOfHead({ version = '', schema, defaults, createReader }: HeadDefinition): string {
  return sha256(JSON.stringify([version, sortKeys(schema), sortKeys(defaults), String(createReader)]));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
