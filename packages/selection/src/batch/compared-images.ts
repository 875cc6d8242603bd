import { diverseCandidates } from '@qualm/strategies';
import type { DiverseMethod, Metric } from '@qualm/strategies';
import { assertChoice, assertFunctions, assertOptions, assertWhole } from '@qualm/types';
import { assertRanking } from '../assert-arguments.ts';
import type { RankedImage } from '../rank/image-list.ts';
import type { Ranking } from '../rank/rank-predictions.ts';
import type { BatchOptions } from './choose-batch.ts';

/** How images that differ are chosen. */
export interface DiverseBatch {
  /** The vector of an image, as an encoder such as CLIP makes it, [dimensions]; null where it has
   * none. It is asked for `comparedImages` alone. An image without one is not picked.
   */
  readonly vectorOf: (image: RankedImage) => ArrayLike<number> | null;
  /** Images to pick from, the least sure first; ten times `count` when absent. More of them make a
   * batch of images that differ more, and of which the model is surer.
   */
  readonly candidates?: number | undefined;
  /** How they are picked; `k-center`, the farthest first, when absent. `typical` and `coverage`
   * pick images that stand for others, and go with no groups, quotas or budget.
   */
  readonly method?: DiverseMethod | undefined;
  /** How far apart two vectors are; `cosine` when absent. Those of `describeImages` are
   * `euclidean`.
   */
  readonly metric?: Metric | undefined;
}

/** Which images are compared with each other. */
export interface ComparedOptions extends Pick<BatchOptions, 'count' | 'isLabelled'> {
  readonly candidates?: number | undefined;
}

/** The images whose vectors a diverse batch is chosen by: the candidates, the least sure first,
 * then those that are labelled.
 * @example comparedImages(ranking, { count: 100 }).map(({ image }) => image)
 */
export function comparedImages(ranking: Ranking, options: ComparedOptions): readonly RankedImage[] {
  assertRanking('comparedImages', ranking);
  assertOptions('comparedImages', options, '{ count: 100 }');
  const { count, candidates: most, isLabelled = () => false } = options;
  assertWhole('comparedImages', 'count', count, 1);
  if (most !== undefined) assertWhole('comparedImages', 'candidates', most, 1);
  const candidates: RankedImage[] = [];
  const labelled: RankedImage[] = [];
  for (const image of ranking.images) {
    if (isLabelled(image)) labelled.push(image);
    else if (candidates.length < (most ?? diverseCandidates(count)) && !Number.isNaN(image.place))
      candidates.push(image);
  }
  return [...candidates, ...labelled];
}

/** @throws RangeError for what is no choice of images that differ. */
export function assertDiverse(diverse: unknown): void {
  if (diverse === undefined) return;
  const wanted = '{ vectorOf: ({ image_id }) => vectors.get(image_id) }';
  assertFunctions('chooseBatch', 'diverse', diverse, ['vectorOf'], wanted);
  const { method = 'k-center', metric = 'cosine' } = diverse as DiverseBatch;
  assertChoice('chooseBatch', 'diverse.method', method, ['k-center', 'typical', 'coverage']);
  assertChoice('chooseBatch', 'diverse.metric', metric, ['cosine', 'euclidean']);
}
