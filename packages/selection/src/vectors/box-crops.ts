import type { PredictionShard } from '@qualm/datasets';
import { defaultMinScore } from '@qualm/strategies';
import { Image } from '@qualm/types';
import type { ImageRecord, RowError } from '@qualm/types';
import type { BoxLike } from '@qualm/viz';
import { assertAsked, assertCount, assertSource } from '../assert-arguments.ts';
import { assertNotAborted } from '../assert-not-aborted.ts';
import { unlessUnopened } from '../draw/unopened.ts';
import { boxRegion } from '../report/box-region.ts';
import { sourceShards } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import { countedBoxes } from '../scan/scored-shard.ts';
import type { CountedBoxes } from '../scan/scored-shard.ts';

export interface BoxCropsOptions {
  /** Boxes whose best class scores below this are left out. Default 0.2. */
  readonly minScore?: number | undefined;
  /** The first so many images; all of them when absent. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A box of stored predictions, cut out of its image. */
export interface BoxCrop extends ImageRecord {
  /** Which of the boxes that are stored of the image, from 0. */
  readonly box_index: number;
  /** Where it is, in pixels of the image. */
  readonly box: BoxLike;
  /** Of the image; null where it is not a file. */
  readonly uri: string | null;
}

/** Boxes of stored predictions, cut out as they are asked for. */
export interface BoxCrops extends AsyncIterable<BoxCrop> {
  /** How many they are. */
  readonly boxes: number;
}

/** The boxes of stored predictions as images of their own, such as for an encoder: the parts that
 * pages show, with three tenths of the box's longer side around it, as PNG. An image is decoded
 * once for all of its boxes. Where it cannot be opened, each of them has an `error`. Predictions
 * are read twice, to count the boxes and to cut them out; in memory are one shard of them and the
 * crops of one image, however many there are.
 * @throws QualmError `io`, `dataset-invalid` where there are no predictions; `aborted` by the
 * signal.
 * @example for await (const { image_id, box_index, image } of await boxCrops('predictions')) use(image);
 */
export async function boxCrops(source: PredictionSource, options: BoxCropsOptions = {}): Promise<BoxCrops> {
  assertSource('boxCrops', source);
  assertAsked('boxCrops', options);
  assertCount('boxCrops', 'limit', options.limit);
  let boxes = 0;
  for await (const { counted, images } of countedShards(source, options)) boxes += counted.offsets[images]!;
  return {
    boxes,
    async *[Symbol.asyncIterator]() {
      for await (const { shard, counted, images } of countedShards(source, options))
        for (let image = 0; image < images; image++) {
          assertNotAborted(options.signal);
          const found = imageBoxes(shard, counted, image);
          if (found.boxes.length > 0) yield* await cropsOf(found, options.signal);
        }
    },
  };
}

/** A shard, which of its boxes count, and how many of its images are asked for. */
interface CountedShard {
  readonly shard: PredictionShard;
  readonly counted: CountedBoxes;
  readonly images: number;
}

async function* countedShards(
  source: PredictionSource,
  { minScore = defaultMinScore, limit = Infinity, signal }: BoxCropsOptions,
): AsyncGenerator<CountedShard, void, undefined> {
  let left = limit;
  for await (const shard of sourceShards(source, { reuseMemory: true })) {
    assertNotAborted(signal);
    const images = Math.min(left, shard.length);
    yield { shard, counted: countedBoxes(shard, minScore), images };
    left -= images;
    if (left <= 0) return;
  }
}

interface ImageBoxes extends Pick<BoxCrop, 'image_id' | 'uri'> {
  readonly size: { readonly width: number; readonly height: number };
  readonly boxes: readonly (BoxLike & Pick<BoxCrop, 'box_index'>)[];
}

function imageBoxes({ columns, boxes }: PredictionShard, { offsets, rows }: CountedBoxes, image: number): ImageBoxes {
  const first = boxes.offsets[image]!;
  const found = Array.from(rows.subarray(offsets[image], offsets[image + 1]), (row) => {
    const [xmin, ymin, xmax, ymax] = boxes.boxAt(row);
    return { box_index: row - first, xmin, ymin, xmax, ymax };
  });
  const { uri = null } = columns.image.at(image) ?? {};
  const size = { width: columns.width.at(image) ?? 0, height: columns.height.at(image) ?? 0 };
  return { image_id: columns.image_id.at(image)!, uri, size, boxes: found };
}

async function cropsOf(
  { image_id, uri, size, boxes }: ImageBoxes,
  signal: AbortSignal | undefined,
): Promise<BoxCrop[]> {
  const { renderCrops } = await import('@qualm/viz');
  const parts = boxes.map((box): BoxLike => {
    const region = boxRegion(box, size);
    if (!region) return box;
    const { x, y, width, height } = region;
    return { xmin: x, ymin: y, xmax: x + width, ymax: y + height };
  });
  let error: RowError = { code: 'image-missing', message: 'the image is not a file' };
  const pictures =
    uri === null
      ? null
      : await unlessUnopened(
          uri,
          () => renderCrops(Image.fromUri(uri), parts, { context: 0, format: 'png', ...(signal && { signal }) }),
          (message, code) => (error = { code, message }),
        );
  return boxes.map(({ box_index, ...box }, at) => {
    const bytes = pictures?.[at]?.bytes;
    const why = pictures === null ? error : outside;
    return {
      ...{ image_id, box_index, box, uri, image: Image.fromBytes(bytes ?? new Uint8Array()) },
      ...(!bytes && { error: why }),
    };
  });
}

const outside: RowError = { code: 'image-invalid', message: 'the box has nothing inside of its image' };
