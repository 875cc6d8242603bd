import type { Heads } from './head-definition.ts';
import { inputPresetNames } from './input-presets.ts';
import { labelListNames } from './labels/named-labels.ts';
import type { modelSpecSchema } from './model-spec-schema.ts';

type Parts = Pick<(typeof modelSpecSchema)['properties'], 'files' | 'input' | 'labels'>;

/** What presets give. */
const given = ['channels', 'resize'];

/** JSON Schemas of the parts of a spec that may be written by name: `input` with a preset, and
 * `labels` as the name of a list or of a file.
 */
export function writtenParts({ files, input, labels }: Parts): { readonly input: object; readonly labels: object } {
  const preset = {
    enum: inputPresetNames,
    description: 'Gives resize, filter, mean, std and channels; what stands beside it wins.',
  };
  const file = {
    type: 'string',
    pattern: files.properties.model.pattern,
    description: 'A file beside this one: data.yaml, names.txt, names.json.',
  };
  return {
    input: {
      ...input,
      required: input.required.filter((key) => !given.includes(key)),
      anyOf: [demanding(['preset']), demanding(given)],
      properties: { preset, ...input.properties },
    },
    labels: {
      description: `${labels.description} Or the name of a list, or of a file that has one.`,
      anyOf: [{ enum: labelListNames }, { ...labels, minItems: 1 }, file],
    },
  };
}

/** Keywords that want labels of a spec, but where its head makes vectors. */
export function labelledUnless(required: readonly string[], heads: Heads): object {
  const without = Object.values(heads).flatMap(({ type, kind }) => (kind === 'embedding' ? [type] : []));
  if (without.length === 0) return { required };
  const isWithout = { properties: { head: { properties: { type: { enum: without } } } } };
  return {
    required: required.filter((key) => key !== 'labels'),
    if: isWithout,
    else: demanding(['labels']),
  };
}

/** Ajv's strict mode wants what is required to be among the properties. */
function demanding(required: readonly string[]): object {
  return { required, properties: Object.fromEntries(required.map((key) => [key, {}])) };
}
