import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { boxErrorEvidence, objectLabelQuality } from '@qualm/evaluation';
import type { ObjectLabOptions } from '@qualm/evaluation';
import { rank } from '@qualm/tables';
import type { Box2d } from '@qualm/types';
import type { BoxError } from './box-errors.ts';
import { someDetections } from './labelled-images.ts';
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
  /** Which of the stored boxes made it suspect; null where none did. */
  readonly found_box_index: number | null;
  readonly found_label: string | null;
  readonly found_score: number | null;
  /** The other drawn box that did, by lying in the same place. */
  readonly other_ann_id: number | string | null;
  readonly other_label: string | null;
}

/** Where the box that made a row suspect is, among those of its image; -1 where it is none of them. */
interface Evidence {
  readonly found: number;
  readonly drawn: number;
}

/** The boxes that are likely wrong, worst first: rank, image_id, image, error, quality, box, the annotation's id and label
 * (null where it was overlooked), and the box that says so: the place, label and score of a found one, or the id and label
 * of another drawn one. A found box that a drawn one of its class accounts for says nothing against others: a pizza covers
 * its table, and both are there. */
export function findBoxErrors({ images, labels, annIdType }: LabelledImages, options: BoxErrorOptions): ColumnTable {
  const { errors, maxQuality, ...others } = options;
  const nameOf: Names = new Map(labels.map(({ id, name }) => [id, name]));
  const given = images.map((image) => image.given);
  const rows = errors.flatMap((error) => {
    const seen = error === 'swapped' ? images.map(withoutAccountedFor) : images;
    const scores = boxErrorEvidence(
      error,
      given,
      seen.map(({ predicted }) => predicted),
      others,
    );
    return scores.flatMap((ofImage, i) =>
      Array.from(ofImage.scores, (quality, index) => ({ quality, index }))
        .filter(({ quality }) => quality <= maxQuality)
        .map(({ quality, index }) => {
          const evidence = { found: ofImage.found[index]!, drawn: ofImage.drawn[index]! };
          return errorRow(seen[i]!, { error, index, quality, evidence }, nameOf);
        }),
    );
  });
  const annId = (id: number | string | null): number | string | null =>
    id === null || annIdType === 'int64' ? id : String(id);
  const column = <K extends keyof ErrorRow>(name: K): ErrorRow[K][] => rows.map((row) => row[name]);
  const table = aq.table({
    image_id: column('image_id'),
    image: column('image'),
    error: column('error'),
    quality: Float64Array.from(rows, ({ quality }) => quality),
    box: column('box'),
    ann_id: column('ann_id').map(annId),
    label: column('label'),
    found_box_index: column('found_box_index'),
    found_label: column('found_label'),
    found_score: column('found_score'),
    other_ann_id: column('other_ann_id').map(annId),
    other_label: column('other_label'),
  });
  return rank(table, { by: 'quality', order: 'ascending' });
}

/** Boxes of one class with so great an IoU are of one object. */
const sameObject = 0.5;

function withoutAccountedFor(image: LabelledImage): LabelledImage {
  const { annotations, predicted, places } = image;
  const left = Int32Array.from([...predicted].keys()).filter((at) => {
    const { box, label_id } = predicted.at(at)!;
    return !annotations.some((drawn) => drawn.label_id === label_id && drawn.bbox.iou(box) >= sameObject);
  });
  return { ...image, predicted: someDetections(predicted, left), places: left.map((at) => places[at]!) };
}

type Names = ReadonlyMap<number, string | null>;

/** Of an overlooked box the index is that of the found one, of others that of the drawn one. */
function errorRow(
  { image_id, image, annotations, predicted, places }: LabelledImage,
  {
    error,
    index,
    quality,
    evidence,
  }: {
    readonly error: BoxError;
    readonly index: number;
    readonly quality: number;
    readonly evidence: Evidence;
  },
  nameOf: Names,
): ErrorRow {
  const drawn = error === 'overlooked' ? null : annotations[index]!;
  const found = evidence.found < 0 ? null : predicted.at(evidence.found)!;
  const other = evidence.drawn < 0 ? null : annotations[evidence.drawn]!;
  return {
    image_id,
    image,
    error,
    quality,
    box: drawn?.bbox ?? found!.box,
    ann_id: drawn?.ann_id ?? null,
    label: drawn?.label ?? null,
    found_box_index: found && places[evidence.found]!,
    found_label: found && (nameOf.get(found.label_id) ?? null),
    found_score: found && found.score,
    other_ann_id: other?.ann_id ?? null,
    other_label: other?.label ?? null,
  };
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
