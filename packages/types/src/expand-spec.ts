import { hasLabels } from './form-of.ts';
import type { Heads } from './head-definition.ts';
import { inputPreset, inputPresetNames } from './input-presets.ts';
import { labelListNames, namedLabels } from './labels/named-labels.ts';
import type { Size } from './geometry.ts';
import type { InputSpec } from './model-spec.ts';
import { brief } from './schema-faults.ts';

/** A spec as it is written with its names put into what they stand for, and names that stand for
 * nothing. */
export interface ExpandedSpec {
  readonly value: unknown;
  readonly faults: readonly string[];
}

/** Puts `input.preset` and a name of `labels` into what they stand for, and an empty list in the
 * place of labels that a head has none of. What the spec says beside a preset wins over it.
 * Whatever else is wrong stays as it is. */
export function expandSpec(value: unknown, heads?: Heads): ExpandedSpec {
  if (!isObject(value)) return { value, faults: [] };
  const input = expandInput(value['input']);
  const labels = expandLabels(value, heads);
  if (!input && !labels) return { value, faults: [] };
  const faults = [...(input?.faults ?? []), ...(labels?.faults ?? [])];
  return { value: { ...value, ...(input && { input: input.value }), ...(labels && { labels: labels.value }) }, faults };
}

function expandInput(input: unknown): ExpandedSpec | null {
  if (!isObject(input) || input['preset'] === undefined) return null;
  const { preset, ...own } = input;
  const size = isSize(own['size']) ? own['size'] : { width: 1, height: 1 };
  const found = inputPreset(preset, size);
  const faults = found ? [] : [`input.preset is ${brief(preset)}, expected one of ${inputPresetNames.join(', ')}`];
  const given = found ?? inputPreset(inputPresetNames[0], size)!;
  const { mean, std, ...placing } = given;
  const isTurned = own['channels'] !== undefined && own['channels'] !== given.channels;
  // Inputs of whole numbers take pixels as they are: what normalises them is in the model.
  const scaled =
    own['dtype'] === 'uint8' || own['dtype'] === 'int32' ? {} : isTurned ? turned({ mean, std }) : { mean, std };
  return { value: { ...placing, ...scaled, ...own }, faults };
}

/** Of the same channels in the other order. */
function turned({ mean: [r, g, b], std: [x, y, z] }: Required<Pick<InputSpec, 'mean' | 'std'>>): object {
  return { mean: [b, g, r], std: [z, y, x] };
}

function expandLabels(
  { labels, head }: Readonly<Record<string, unknown>>,
  heads: Heads | undefined,
): ExpandedSpec | null {
  if (labels === undefined && isObject(head) && !hasLabels(head['type'], heads)) return { value: [], faults: [] };
  if (labels === undefined || Array.isArray(labels)) return null;
  const found = typeof labels === 'string' ? namedLabels(labels) : null;
  if (found) return { value: found, faults: [] };
  const fault = isLabelFile(labels)
    ? `labels is the file ${brief(labels)}, which only readSpec reads, beside a spec's own file, expected a list or one of ${labelListNames.join(', ')}`
    : `labels is ${brief(labels)}, expected ${wantedLabels}`;
  return { value: namedLabels(labelListNames[0]!), faults: [fault] };
}

/** What a spec's labels may be written as. */
export const wantedLabels: string = `a list, one of ${labelListNames.join(', ')}, or a file beside the spec (data.yaml, names.txt)`;

/** Whether a text in the place of labels is the path of a file: no list's name has a point or a
 * slash.
 * @example isLabelFile('data.yaml') // true
 */
export function isLabelFile(labels: unknown): labels is string {
  return typeof labels === 'string' && /[./\\]/.test(labels);
}

function isSize(size: unknown): size is Size {
  return isObject(size) && [size['width'], size['height']].every((side) => Number.isInteger(side) && Number(side) > 0);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
