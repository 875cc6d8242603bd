import { QualmError } from '@qualm/types';
import type { Label } from '@qualm/types';
import type { ImageIdType } from '@qualm/datasets';
import { boxesWords } from '../counted.ts';
import { assertAsked, assertCount, assertSource } from '../assert-arguments.ts';
import { chooseRanking } from '../choose/choose-ranking.ts';
import type { AskedRanking } from '../choose/choose-ranking.ts';
import { strategyMeasure } from '../choose/measure.ts';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import { assertChosen } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import { createDrawnImages } from '../draw/drawn-images.ts';
import type { DrawnImage } from '../draw/drawn-images.ts';
import { sourceInfo } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import { scanPredictions } from '../scan/scan-predictions.ts';
import type { FailedImage, ScanCounts, Scanned, ShardReader } from '../scan/scan-predictions.ts';
import { createBoxList } from './box-list.ts';
import type { RankedBox } from './box-list.ts';
import { createImageList } from './image-list.ts';
import type { RankedImage } from './image-list.ts';
import { boxListColumns, imageListColumns } from './list-columns.ts';
import { rankedList } from './ranked-list.ts';
import type { RankedList } from './ranked-list.ts';

/** How stored predictions are ranked. */
export interface RankOptions extends AskedRanking {
  /** Where images without a box come, or the number that they get. Default last. */
  readonly empty?: EmptyPolicy | undefined;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  /** Rows of the list of boxes; 0 for none. Default 1000. */
  readonly limit?: number | undefined;
  /** Rows of the list of images; 0 for none. All of them when absent. */
  readonly images?: number | undefined;
  /** The first images whose boxes are kept, for `drawRanking`. Default 0. */
  readonly pictures?: number | undefined;
  /** Which images are ranked; all of them when absent. */
  readonly only?: ChosenImages | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many images were read. */
  readonly onProgress?: ((images: number) => void) | undefined;
}

/** The ranked lists of stored predictions, and what was counted on the way. */
export interface Ranking {
  /** The boxes that come first; those with NaN last. */
  readonly boxes: RankedList<RankedBox>;
  /** Images whose boxes have NaN come after all with a number, images without a box after these
   * where `empty` says `last`, and images that failed at the end; all of them have NaN. */
  readonly images: RankedList<RankedImage>;
  /** The images that can be drawn, with their boxes. */
  readonly drawn: readonly DrawnImage[];
  readonly choice: RankingChoice;
  readonly empty: EmptyPolicy;
  readonly imageIdType: ImageIdType;
  readonly labels: readonly Label[];
  readonly counts: ScanCounts;
  /** The first ten. */
  readonly failures: readonly FailedImage[];
  /** What the reader of the predictions warned of. */
  readonly warnings: readonly string[];
}

/** Ranks what a model said of each image. Predictions are read once, and one shard is in memory at
 * a time.
 * @throws QualmError `options-invalid` when there are no predictions, when the aggregation means
 * nothing for the strategy, or the strategy gives NaN for every box; `aborted` by the signal; as
 * `readPredictionShards`.
 * @example const { boxes } = await rankPredictions('predictions', { strategy: entropy, limit: 100 });
 */
export async function rankPredictions(source: PredictionSource, options: RankOptions = {}): Promise<Ranking> {
  assertSource('rankPredictions', source);
  assertRankOptions('rankPredictions', options);
  const choice = chooseRanking(await sourceInfo(source), options);
  const gathering = createRanking(choice, options);
  const { only, signal, onProgress } = options;
  const measure = strategyMeasure(choice);
  const scan = { measure, minScore: choice.minScore, only, signal, onProgress };
  return gathering.ranking(await scanPredictions(source, scan, gathering.readers));
}

/** @throws RangeError for an option that is not as it should be. */
export function assertRankOptions(where: string, options: RankOptions): void {
  assertAsked(where, options);
  assertCount(where, 'limit', options.limit);
  assertCount(where, 'images', options.images);
  assertCount(where, 'pictures', options.pictures);
  assertChosen(where, options.only);
}

/** Gathers a ranking from a scan that others may read too. */
export interface RankingGatherer {
  readonly readers: readonly ShardReader[];
  /** @throws QualmError `options-invalid` when the strategy gives NaN for every box. */
  ranking(scanned: Scanned): Ranking;
}

export function createRanking(
  choice: RankingChoice,
  { empty = 'last', seed, limit = 1000, images = Number.MAX_SAFE_INTEGER, pictures = 0 }: RankOptions,
): RankingGatherer {
  const { strategy, imageColumn } = choice;
  const measure = strategyMeasure(choice);
  const boxList = createBoxList({ order: strategy.order, limit, seed });
  const imageList = createImageList({ measure, limit: images, seed, empty });
  const drawn = createDrawnImages({ measure, limit: pictures, seed, empty });
  return {
    readers: [boxList, imageList, drawn],
    ranking({ counts, failures, warnings, set }) {
      assertSomeNumber(counts, strategy.name);
      const { imageIdType, labels } = set;
      const boxTypes = boxListColumns({ ...set, strategy: strategy.name });
      const imageTypes = imageListColumns({ ...set, strategy: strategy.name, imageColumn });
      return {
        boxes: rankedList(boxList.ranked(), boxTypes, { [strategy.name]: ({ value }) => value }),
        images: rankedList(imageList.ranked(), imageTypes, {
          [`box_${strategy.name}`]: ({ box_value }) => box_value,
          [imageColumn]: ({ value }) => value,
        }),
        drawn: drawn.ranked(),
        ...{ choice, empty, imageIdType, labels, counts, failures, warnings },
      };
    },
  };
}

function assertSomeNumber({ boxes, notANumber }: ScanCounts, name: string): void {
  if (boxes === 0 || notANumber < boxes) return;
  throw new QualmError(
    'options-invalid',
    `strategy: ${name} gives NaN for ${boxesWords(boxes)}, a number for none; nothing can be ranked`,
  );
}
