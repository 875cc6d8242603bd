import { formOf, hasLabels, scoreKindOf, wrongArgument } from '@qualm/types';
import type { OutputForm, ModelSpec } from '@qualm/types';
import type { Tags } from '../stores/entities.ts';

/** The file of a logged model that holds its spec. */
export const specFile = 'qualm.json';

/** The file that holds the SHA-256 of each other file, as `sha256sum` writes it. */
export const digestFile = 'qualm.sha256';

/** The tag that may hold a spec as JSON: for models that Python logged. */
export const specTag = 'qualm.spec';

const schemas: Readonly<Record<OutputForm, string>> = {
  detections: 'array<struct<box:box2d, score:float, label_id:int, label:string>>',
  class_scores: 'array<struct<box:box2d, scores:array<float>, label_ids:array<int>, labels:array<string>>>',
};

/** The type of a model's rows in the words of Spark and of Rikai. */
export function outputSchema(form: OutputForm): string {
  if (!Object.hasOwn(schemas, form))
    throw wrongArgument('outputSchema', 'its form', form, "'detections' or 'class_scores'");
  return schemas[form];
}

/** The tags by which a model that qualm logged is found and read by people; its spec is in
 * `qualm.json`.
 */
export function qualmTags(spec: ModelSpec): Tags {
  const { specVersion, flavor, head, input, labels } = spec;
  return {
    'qualm.spec.version': String(specVersion),
    'qualm.model.flavor': flavor,
    'qualm.model.type': head.type,
    ...rowTags(spec),
    'qualm.model.classes': String(labels.length),
    'qualm.model.input': `${input.size.width}x${input.size.height} ${input.layout} ${input.dtype}`,
  };
}

/** What the model gives for an image: rows of boxes, or a vector. */
function rowTags(spec: ModelSpec): Tags {
  if (!hasLabels(spec.head.type)) return { 'qualm.model.form': 'embedding', 'qualm.output.schema': 'array<float>' };
  const form = formOf(spec);
  return {
    'qualm.model.form': form,
    'qualm.score.kind': scoreKindOf(spec),
    'qualm.output.schema': outputSchema(form),
  };
}
