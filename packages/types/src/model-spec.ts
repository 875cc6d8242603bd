import type { modelSpecSchema } from './model-spec-schema.ts';
import type { SchemaType } from './schema.ts';
import type { selectionSchema } from './selection-schema.ts';

/** Everything that is needed to run a model, as JSON. A registry resolves a URI to one; a person
 * may write one by hand. What each property means is in the schema that this type follows from.
 * @see modelSpecSchema
 */
export type ModelSpec = SchemaType<typeof modelSpecSchema>;

/** How pixels become the input tensor. Arithmetic is `(value - mean) / std` on values 0..255,
 * channel by channel.
 */
export type InputSpec = ModelSpec['input'];

/** Which head reads the raw outputs, by its `type`, and its options: those of the head's own
 * schema.
 */
export type HeadSpec = ModelSpec['head'];

/** Non-maximum suppression and what is kept; each detector's head has its own defaults. */
export type SelectionSpec = SchemaType<typeof selectionSchema>;
