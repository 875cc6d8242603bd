import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import type { CocoAnnotation } from '@qualm/datasets';
import { rank } from '@qualm/pipeline';
import { badlyLocatedScores, objectLabelQuality, overlookedScores, swappedScores } from '@qualm/strategies';
import type { ObjectLabOptions } from '@qualm/strategies';
import type { Box2d, Detection, Detections } from '@qualm/types';
import type { BoxError } from './box-errors.ts';
import { detectionsOf } from './labelled-images.ts';
import type { LabelledImage, LabelledImages } from './labelled-images.ts';

/** What counts as an error. */
export interface BoxErrorOptions extends ObjectLabOptions {
  readonly errors: readonly BoxError[];
  /** Boxes whose score is above it are left out. */
  readonly maxQuality: number;
}

interface ErrorRow {
  readonly image_id: number | string;
  readonly image: string | null;
  readonly error: BoxError;
  readonly quality: number;
  /** The drawn box; the found one where none was drawn. */
  readonly box: Box2d;
  readonly ann_id: number | string | null;
  readonly label: string | null;
  readonly found_label: string | null;
  readonly found_score: number | null;
}

/** The boxes that are likely wrong, worst first: rank, image_id, image, error, quality, box, the annotation's id and label
 * (null where it was overlooked), and the label and score of the found box that says so. A found box that a drawn one of
 * its class accounts for says nothing against others: a pizza covers its table, and both are there. */
export function findBoxErrors({ images, labels, annIdType }: LabelledImages, options: BoxErrorOptions): ColumnTable {
  const { errors, maxQuality, ...others } = options;
  const nameOf: Names = new Map(labels.map(({ id, name }) => [id, name]));
  const given = images.map((image) => image.given);
  const rows = errors.flatMap((error) => {
    const seen = error === 'swapped' ? images.map(withoutAccountedFor) : images;
    const scores = scorers[error](
      given,
      seen.map(({ predicted }) => predicted),
      others,
    );
    return scores.flatMap((ofImage, i) =>
      Array.from(ofImage, (quality, index) => ({ quality, index }))
        .filter(({ quality }) => quality <= maxQuality)
        .map(({ quality, index }) => errorRow(seen[i]!, error, index, quality, nameOf)),
    );
  });
  const column = <K extends keyof ErrorRow>(name: K): ErrorRow[K][] => rows.map((row) => row[name]);
  const table = aq.table({
    image_id: column('image_id'),
    image: column('image'),
    error: column('error'),
    quality: Float64Array.from(rows, ({ quality }) => quality),
    box: column('box'),
    ann_id: column('ann_id').map((id) => (id === null || annIdType === 'int64' ? id : String(id))),
    label: column('label'),
    found_label: column('found_label'),
    found_score: column('found_score'),
  });
  return rank(table, { by: 'quality', order: 'ascending' });
}

const scorers = { overlooked: overlookedScores, swapped: swappedScores, 'badly-located': badlyLocatedScores } as const;

/** Boxes of one class with so great an IoU are of one object. */
const sameObject = 0.5;

function withoutAccountedFor(image: LabelledImage): LabelledImage {
  const { annotations, predicted } = image;
  const left = [...predicted].filter(
    ({ box, label_id }) =>
      !annotations.some((drawn) => drawn.label_id === label_id && drawn.bbox.iou(box) >= sameObject),
  );
  return { ...image, predicted: detectionsOf(left) };
}

type Names = ReadonlyMap<number, string | null>;

/** Of an overlooked box the index is that of the found one, of others that of the drawn one. */
function errorRow(
  { image_id, image, annotations, predicted }: LabelledImage,
  error: BoxError,
  index: number,
  quality: number,
  nameOf: Names,
): ErrorRow {
  const drawn = error === 'overlooked' ? null : annotations[index]!;
  const found = drawn ? nearest(drawn, predicted, error === 'badly-located') : predicted.at(index)!;
  return {
    image_id,
    image,
    error,
    quality,
    box: drawn?.bbox ?? found!.box,
    ann_id: drawn?.ann_id ?? null,
    label: drawn?.label ?? null,
    found_label: found && (nameOf.get(found.label_id) ?? null),
    found_score: found && found.score,
  };
}

/** The found box of the same class, or of another, that overlaps most with a drawn one; null where none does. */
function nearest(drawn: CocoAnnotation<'pixels'>, predicted: Detections, isSame: boolean): Detection | null {
  let best: Detection | null = null;
  let most = 0;
  for (const found of predicted) {
    const overlap = found.box.iou(drawn.bbox);
    if ((found.label_id === drawn.label_id) !== isSame || overlap <= most) continue;
    [best, most] = [found, overlap];
  }
  return best;
}

/** The images, worst first: rank, image_id, image, how many boxes were drawn and found, the quality, and that of each kind. */
export function rankLabelledImages({ images }: LabelledImages, options: ObjectLabOptions): ColumnTable {
  const { quality, overlooked, swapped, badlyLocated } = objectLabelQuality(
    images.map((image) => image.given),
    images.map((image) => image.predicted),
    options,
  );
  const table = aq.table({
    image_id: images.map(({ image_id }) => image_id),
    image: images.map(({ image }) => image),
    drawn: images.map(({ annotations }) => annotations.length),
    found: images.map(({ predicted }) => predicted.length),
    quality,
    overlooked,
    swapped,
    badly_located: badlyLocated,
  });
  return rank(table, { by: 'quality', order: 'ascending' });
}
