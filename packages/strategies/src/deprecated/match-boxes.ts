import { matchOf } from '@qualm/types/rows';
import type { BoxArrays } from '@qualm/types';
import type { MatchOptions } from '@qualm/types/rows';

/** Two boxes of one thing: one that was drawn, and the one that was found there.
 * @deprecated `match` of `@qualm/evaluation` gives `BoxPair`s.
 */
export interface BoxMatch {
  readonly given: number;
  readonly predicted: number;
  readonly iou: number;
}

/** Options of `matchBoxes`.
 * @deprecated Import `MatchOptions` from `@qualm/evaluation`.
 */
export type MatchBoxesOptions = MatchOptions;

/** `match` of `@qualm/evaluation`, with other names in its pairs.
 * @deprecated Use `match` of `@qualm/evaluation`.
 */
export function matchBoxes(given: BoxArrays, predicted: BoxArrays, options: MatchBoxesOptions = {}): BoxMatch[] {
  const pairs = matchOf('matchBoxes', given, predicted, options);
  return pairs.map(({ first, second, iou }) => ({ given: first, predicted: second, iou }));
}
