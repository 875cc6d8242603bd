import type { PredictionShard } from '@qualm/datasets';
import { QualmError } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { assertNotAborted } from '../assert-not-aborted.ts';
import type { Measure } from '../choose/measure.ts';
import { withoutLeftOut } from '../choose/without-left-out.ts';
import { chosenBoxes, chosenShard } from './chosen-images.ts';
import type { ChosenImages } from './chosen-images.ts';
import { noPredictions } from './no-predictions.ts';
import type { OtherBoxes } from './other-boxes.ts';
import { createOtherReader } from './other-images.ts';
import type { OtherImage } from './other-images.ts';
import { sourceName, sourceShards } from './prediction-source.ts';
import type { PredictionSource } from './prediction-source.ts';
import { countedBoxes } from './scored-shard.ts';
import type { CountedBoxes, ScoredShard } from './scored-shard.ts';

/** What looks at every shard of a scan. */
export interface ShardReader {
  add(shard: ScoredShard): void;
}

export interface ScanOptions {
  /** What gives each box its number. */
  readonly measure: Measure;
  /** Boxes whose best class scores below this do not count. */
  readonly minScore: number;
  /** What others say of the same images. */
  readonly others?: readonly OtherBoxes[];
  /** Which images count; all of them when absent. */
  readonly only?: ChosenImages | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each shard how many images were read. */
  readonly onProgress?: ((images: number) => void) | undefined;
}

/** An image that has no predictions, and why. */
export interface FailedImage {
  readonly image_id: string | number;
  readonly code: RowError['code'];
  readonly message: string;
}

/** What was counted while predictions were read. */
export interface ScanCounts {
  readonly images: number;
  readonly failed: number;
  /** Boxes that count, and those that `minScore` left out. */
  readonly boxes: number;
  readonly belowMinScore: number;
  /** Images that were predicted and have no box that counts. */
  readonly withoutBoxes: number;
  /** Boxes whose number is NaN; they come last, and so do their images. */
  readonly notANumber: number;
}

/** What a scan says at its end. */
export interface Scanned {
  readonly counts: ScanCounts;
  /** The first ten. */
  readonly failures: readonly FailedImage[];
  /** What the reader of the predictions warned of, and of whose boxes are not shown. */
  readonly warnings: readonly string[];
  readonly set: Pick<PredictionShard, 'labels' | 'form' | 'imageIdType'>;
}

/** As many failures are listed. */
const mostFailures = 10;

/** Reads stored predictions once, shard by shard, and shows every shard to all readers.
 * @throws QualmError `options-invalid` when the source holds no predictions, or none of the images
 * that `only` asks for; `aborted` by the signal.
 */
export async function scanPredictions(
  source: PredictionSource,
  { measure, minScore, others = [], only, signal, onProgress }: ScanOptions,
  readers: readonly ShardReader[],
): Promise<Scanned> {
  const counts = { images: 0, boxes: 0, belowMinScore: 0, notANumber: 0, withoutBoxes: 0, failed: 0 };
  const failures: FailedImage[] = [];
  const warnings: string[] = [];
  const otherReader = createOtherReader(others);
  let set: Scanned['set'] | null = null;
  let firstId: string | number | undefined;
  const reading = { onWarning: (text: string) => warnings.push(text), reuseMemory: true };
  for await (const stored of sourceShards(source, reading)) {
    assertNotAborted(signal);
    set = stored;
    firstId ??= stored.length > 0 ? stored.columns.image_id.at(0) : undefined;
    const table = only ? chosenShard(stored, only) : stored;
    if (table.length === 0) continue;
    const boxes = chosenOf(table, countedBoxes(table, minScore), otherReader.of(table), only);
    const shard = { ...boxes, values: measure.scoreBoxes(boxes) };
    addCounts(shard, counts, failures);
    for (const reader of readers) reader.add(shard);
    onProgress?.(counts.images);
  }
  if (!set) throw noPredictions(source);
  if (only && counts.images === 0) throw noneChosen(source, firstId);
  const { labels, form, imageIdType } = set;
  warnings.push(...otherReader.warnings());
  return { counts, failures, warnings, set: { labels, form, imageIdType } };
}

/** Of the boxes that count, and of what others say, what a list does not leave out. */
function chosenOf(
  table: PredictionShard,
  counted: CountedBoxes,
  others: readonly OtherImage[],
  only: ChosenImages | undefined,
): Omit<ScoredShard, 'values'> {
  const hasBox = only?.hasBox?.bind(only);
  if (!hasBox) return { table, ...counted, others };
  const left = withoutLeftOut(table, counted, others, { hasBox });
  return { table, ...chosenBoxes(table, counted, { hasBox }), others: left };
}

function noneChosen(source: PredictionSource, firstId: string | number | undefined): QualmError {
  return new QualmError(
    'options-invalid',
    `only: none of the images of ${sourceName(source)} is chosen; a list should name them as these predictions do` +
      `${firstId === undefined ? '' : `, such as ${JSON.stringify(firstId)}`}, and leave some in`,
  );
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function addCounts(
  { table: { columns, boxes, length }, offsets, values }: ScoredShard,
  counts: Writable<ScanCounts>,
  failures: FailedImage[],
): void {
  counts.images += length;
  counts.boxes += values.length;
  counts.belowMinScore += boxes.length - values.length;
  for (let box = 0; box < values.length; box++) if (Number.isNaN(values[box])) counts.notANumber++;
  for (let image = 0; image < length; image++) {
    const error = columns.error.at(image) ?? null;
    if (error) {
      counts.failed++;
      if (failures.length < mostFailures) failures.push({ image_id: columns.image_id.at(image)!, ...error });
    } else if (offsets[image] === offsets[image + 1]) counts.withoutBoxes++;
  }
}
