import type { ModelSpec } from './model-spec.ts';
import type { ShapeKind } from './row-shapes.ts';

/** What the class scores of one row are to each other. A `distribution` (softmax) says which of
 * several classes it is; `independent` scores (sigmoid) each say yes or no to their own class.
 */
export type ScoreKind = 'distribution' | 'independent';

/** What a row of predictions is: a thing found somewhere in the image, or the image as a whole. */
export type Task = 'detection' | 'classification';

/** What predictions say of their rows, so that whoever ranks them need not guess. */
export interface RowMeaning {
  readonly scoreKind: ScoreKind;
  readonly task: Task;
  /** Rows whose best score is below this were left out before anybody ranked them; 0 where none
   * were.
   */
  readonly minScore: number;
  /** What each row has beside its box; nothing when absent. */
  readonly shapes?: readonly ShapeKind[];
}

/** What the scores of a spec's rows are to each other: as it says, else as the head's activation
 * makes them. Where that is `none`, classifiers and heads with a `background` are taken to end in
 * softmax, all others in sigmoids.
 * @param task of the head, where it is known.
 * @example scoreKindOf({ head: { type: 'classifier', outputs: { scores: 'y' }, activation: 'sigmoid' } }) // 'independent'
 */
export function scoreKindOf({ head, scoreKind }: Pick<ModelSpec, 'head' | 'scoreKind'>, task?: Task): ScoreKind {
  if (scoreKind) return scoreKind;
  const { type, activation, background } = head;
  if (activation === 'softmax' || activation === 'sigmoid')
    return activation === 'softmax' ? 'distribution' : 'independent';
  const isOneOf = task === 'classification' || type === 'classifier' || background === true;
  return isOneOf ? 'distribution' : 'independent';
}
