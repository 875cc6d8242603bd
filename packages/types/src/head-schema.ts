import type { HeadDefinition } from './head-definition.ts';
import type { ObjectSchema } from './schema.ts';
import { selectionSchema } from './selection-schema.ts';

/** The JSON Schema of a spec's whole `head`: its type, the options of the head's own, and a
 * detector's selection.
 */
export function headSchema({ type, schema, defaults }: HeadDefinition): ObjectSchema {
  const { properties, required = [] } = schema;
  const selection = defaults === null ? {} : selectionSchema.properties;
  return {
    ...schema,
    required: ['type', ...required],
    properties: { type: { const: type }, ...properties, ...selection },
  };
}
