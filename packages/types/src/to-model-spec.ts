import { assertOptions } from './assert-argument.ts';
import { expandSpec, isLabelFile, wantedLabels } from './expand-spec.ts';
import { headFaults } from './find-head.ts';
import { hasLabels } from './form-of.ts';
import type { Heads } from './head-definition.ts';
import { inputPresetNames } from './input-presets.ts';
import { modelSpecSchema } from './model-spec-schema.ts';
import type { ModelSpec } from './model-spec.ts';
import { QualmError } from './qualm-error.ts';
import { pathFault } from './path-fault.ts';
import { schemaFaults } from './schema-faults.ts';

/** Options of `toModelSpec`. */
export interface ToModelSpecOptions {
  /** The heads that there are: `head.type` has to be one of theirs, with the options that it
   * takes. Without them the head is checked when the model is loaded. */
  readonly heads?: Heads;
}

/** The spec that a value is, or that it is written as: with `input.preset` and labels by name put
 * into what they stand for. A value that has neither comes back itself.
 * @param from where it came from, for the message.
 * @throws QualmError `spec-invalid` that says, of each fault, where it is, what came and what was
 * wanted.
 * @example toModelSpec(JSON.parse(text), 'yolox.json', { heads })
 */
export function toModelSpec(value: unknown, from: string, options: ToModelSpecOptions = {}): ModelSpec {
  assertOptions('toModelSpec', options, '{ heads }');
  const { heads } = options;
  const expanded = expandSpec(value, heads);
  const spec = expanded.value as ModelSpec;
  const faults = schemaFaults(modelSpecSchema, spec, '').map((fault) => withAdvice(fault, spec));
  const all = [
    ...expanded.faults,
    ...faults,
    ...(heads && typeof spec?.head?.type === 'string' ? headFaults('toModelSpec', heads, spec.head) : []),
  ];
  if (all.length === 0) all.push(...labelFaults(spec, heads));
  if (all.length === 0) return spec;
  throw new QualmError('spec-invalid', `model spec "${from}": ${[...new Set(all)].slice(0, 5).join('; ')}`);
}

/** A fault with what else could be written in its place. */
function withAdvice(fault: string, spec: unknown): string {
  const isGiven = fault === 'input has no "resize"' || fault === 'input has no "channels"';
  if (isGiven) return `${fault}, nor a preset that gives it (${inputPresetNames.join(', ')})`;
  if (fault === 'the spec has no "labels"') return `${fault}, expected ${wantedLabels}`;
  if (/^labels\.\d+ is .*, expected an object$/.test(fault)) return `${fault}, such as { "id": 0, "name": "person" }`;
  if (/^input\.resize (has no "|is )/.test(fault)) return withExample(fault, spec);
  return withPath(fault, spec);
}

const resizeExamples: Readonly<Record<string, string>> = {
  stretch: '{ "mode": "stretch" }',
  letterbox: '{ "mode": "letterbox", "anchor": "center", "pad": 114 }, as Ultralytics fits images',
  crop: '{ "mode": "crop", "shortSide": 256 }, as torchvision fits images into 224x224',
};

function withExample(fault: string, spec: unknown): string {
  const { resize } = (spec as { readonly input: { readonly resize: unknown } }).input;
  const mode = (Object(resize) as { readonly mode?: unknown }).mode ?? resize;
  const example = Object.hasOwn(resizeExamples, String(mode)) ? resizeExamples[String(mode)] : undefined;
  return example === undefined ? fault : `${fault}, for example ${example}`;
}

function labelFaults({ labels, head }: ModelSpec, heads: Heads | undefined): string[] {
  const isLabelled = hasLabels(head.type, heads);
  if (isLabelled && labels.length === 0 && heads) return ['labels is [], expected a list of at least 1'];
  if (!isLabelled && labels.length > 0)
    return [`labels has ${labels.length} entries, expected none: head "${head.type}" makes vectors; leave them out`];
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
  return pathFault('files.model', path, from) ?? fault;
}

/** The path of the file that a spec's `labels` name as it is written, relative to the spec's own
 * folder, which it does not leave; null where they name none.
 * @throws QualmError `spec-invalid` for a path that leaves the folder.
 * @example labelFile({ ...spec, labels: 'data.yaml' }, 'best.json') // 'data.yaml'
 */
export function labelFile(value: unknown, from: string): string | null {
  const labels = (value as { labels?: unknown } | null | undefined)?.labels;
  if (!isLabelFile(labels)) return null;
  const fault = pathFault('labels', labels, 'a list, the name of one, or a path relative to the folder of the spec');
  if (fault === null) return labels;
  throw new QualmError('spec-invalid', `model spec "${from}": ${fault}`);
}
