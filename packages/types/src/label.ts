import type { ModelSpec } from './model-spec.ts';

/** One class that a model or dataset knows: its id, its name, and maybe the name of what it belongs
 * to.
 */
export type Label = ModelSpec['labels'][number];
