import type { OutputForm } from './detections.ts';
import type { Heads } from './head-definition.ts';
import type { ModelSpec } from './model-spec.ts';

/** What is kept of a box unless the caller chooses: as the spec says, else `class_scores` where its
 * head can give them.
 * @param heads those that the spec may name; without them only `end-to-end` is known to have no
 * class scores.
 * @example formOf({ head: { type: 'end-to-end', outputs: { predictions: 'output0' } } }) // 'detections'
 */
export function formOf({ form, head }: Pick<ModelSpec, 'form' | 'head'>, heads?: Heads): OutputForm {
  return form ?? (hasClassScores(head.type, heads) ? 'class_scores' : 'detections');
}

/** Whether heads of that type can give class scores.
 * @param heads as for {@link formOf}.
 * @example hasClassScores('yolox') // true
 */
export function hasClassScores(type: string, heads?: Heads): boolean {
  if (heads === undefined) return type !== 'end-to-end';
  const found = Object.values(heads).find((head) => head.type === type);
  return found?.forms?.includes('class_scores') ?? true;
}

/** Whether heads of that type have a label for each class; one that makes vectors has none.
 * @param heads as for {@link formOf}; without them only `embedding` is known to have none.
 * @example hasLabels('yolox') // true
 */
export function hasLabels(type: unknown, heads?: Heads): boolean {
  if (heads === undefined) return type !== 'embedding';
  return Object.values(heads).find((head) => head.type === type)?.kind !== 'embedding';
}
