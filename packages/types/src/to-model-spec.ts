import { assertOptions } from './assert-argument.ts';
import { headFaults } from './find-head.ts';
import type { Heads } from './head-definition.ts';
import { modelSpecSchema } from './model-spec-schema.ts';
import type { ModelSpec } from './model-spec.ts';
import { QualmError } from './qualm-error.ts';
import { brief, schemaFaults } from './schema-faults.ts';

/** Options of `toModelSpec`. */
export interface ToModelSpecOptions {
  /** The heads that there are: `head.type` has to be one of theirs, with the options that it
   * takes. Without them the head is checked when the model is loaded. */
  readonly heads?: Heads;
}

/** The same value, known to be a spec.
 * @param from where it came from, for the message.
 * @throws QualmError `spec-invalid` that says, of each fault, where it is, what came and what was
 * wanted.
 * @example toModelSpec(JSON.parse(text), 'yolox.json', { heads })
 */
export function toModelSpec(value: unknown, from: string, options: ToModelSpecOptions = {}): ModelSpec {
  assertOptions('toModelSpec', options, '{ heads }');
  const { heads } = options;
  const faults = schemaFaults(modelSpecSchema, value, '').map((fault) => withPath(fault, value));
  const spec = value as ModelSpec;
  const all = [
    ...faults,
    ...(heads && typeof spec?.head?.type === 'string' ? headFaults('toModelSpec', heads, spec.head) : []),
  ];
  if (all.length === 0) all.push(...labelFaults(spec));
  if (all.length === 0) return spec;
  throw new QualmError('spec-invalid', `model spec "${from}": ${[...new Set(all)].slice(0, 5).join('; ')}`);
}

function labelFaults({ labels }: ModelSpec): string[] {
  const ids = labels.map(({ id }) => id);
  const wide = ids.find((id) => id !== (id | 0));
  if (wide !== undefined) return [`labels has id ${wide}; expected a whole number of 32 bits`];
  const seen = new Set<number>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  return twice === undefined ? [] : [`labels has id ${twice} twice; expected one label for each id`];
}

/** A fault of `files.model` in words in place of its pattern. */
function withPath(fault: string, value: unknown): string {
  const path = (value as { files?: { model?: unknown } } | null | undefined)?.files?.model;
  if (!fault.startsWith('files.model is ') || typeof path !== 'string') return fault;
  const from = 'a path relative to the folder of the spec (or to the root given at loading: --model-root)';
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path))
    return `files.model is the address ${brief(path)}, expected ${from}; download it first`;
  if (/^\/|^[a-z]:/i.test(path)) return `files.model is the absolute path ${brief(path)}, expected ${from}`;
  return `files.model is ${brief(path)}, expected ${from}, with forward slashes and no ".."`;
}
