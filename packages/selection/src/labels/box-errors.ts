import { boxErrorEvidence, objectLabelQuality } from '@qualm/evaluation';
import type { BoxErrorKind, ObjectLabOptions } from '@qualm/evaluation';
import { topRows } from '@qualm/strategies';
import { assertLabelled } from '../assert-arguments.ts';
import { assertOptions } from '@qualm/types';
import type { Box2d } from '@qualm/types';
import { boxErrorColumns, labelQualityColumns } from '../rank/list-columns.ts';
import { rankedList } from '../rank/ranked-list.ts';
import type { RankedList } from '../rank/ranked-list.ts';
import { someDetections } from './labelled-images.ts';
import type { LabelledImage, LabelledImages } from './labelled-images.ts';

/** What may be wrong with a box, by the name that the list has for it. */
export type BoxError = BoxErrorKind;

/** What counts as an error. */
export interface BoxErrorOptions extends ObjectLabOptions {
  /** All kinds when absent. */
  readonly errors?: readonly BoxError[];
  /** 0..1: boxes of a better quality are left out. Default 0.5. */
  readonly maxQuality?: number;
}

/** A box whose label is likely wrong. */
export interface ErrorBox {
  /** From 1. */
  readonly rank: number;
  readonly image_id: number | string;
  readonly image: string | null;
  readonly error: BoxError;
  readonly quality: number;
  /** The drawn box; the found one where none was drawn. */
  readonly box: Box2d;
  readonly ann_id: number | string | null;
  readonly label: string | null;
  /** Which of the stored boxes made it suspect, or of a spurious one speaks for it most; null where
   * none did. */
  readonly found_box_index: number | null;
  readonly found_label: string | null;
  readonly found_score: number | null;
  /** The other drawn box that did, by lying in the same place. */
  readonly other_ann_id: number | string | null;
  readonly other_label: string | null;
}

/** Where the box that made a row suspect is, among those of its image; -1 where it is none of them.
 */
interface Evidence {
  readonly found: number;
  readonly drawn: number;
}

/** The boxes that are likely wrong, worst first: rank, image_id, image, error, quality, box, the
 * annotation's id and label (null where it was overlooked), and the box that says so: the place,
 * label and score of a found one, or the id and label of another drawn one; of a spurious one the
 * found box that still speaks for it most, if any does. A found box that a
 * drawn one of its class accounts for says nothing against others: a pizza covers its table, and
 * both are there. */
export function boxErrors(labelled: LabelledImages, options: BoxErrorOptions = {}): RankedList<ErrorBox> {
  assertLabelled('boxErrors', labelled);
  assertOptions('boxErrors', options, '{ maxQuality: 0.5 }');
  const { images, labels, annIdType, imageIdType } = labelled;
  const { errors = allErrors, maxQuality = 0.5, ...others } = options;
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
  return rankedList(worstFirst(rows), boxErrorColumns({ imageIdType, annIdType }), {
    ann_id: ({ ann_id }) => annId(ann_id),
    other_ann_id: ({ other_ann_id }) => annId(other_ann_id),
  });
}

const allErrors: readonly BoxError[] = ['overlooked', 'swapped', 'badly-located', 'spurious'];

function worstFirst<Row extends { readonly quality: number; readonly image_id: number | string }>(
  rows: readonly Row[],
): (Row & { readonly rank: number })[] {
  const ids = rows.map(({ image_id }) => image_id);
  const values = Float64Array.from(rows, ({ quality }) => quality);
  return Array.from(topRows(values, 'ascending', { ids }), (row, place) => ({ rank: place + 1, ...rows[row]! }));
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
): Omit<ErrorBox, 'rank'> {
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

/** A labelled image, and how good its labels are. */
export interface LabelledImageQuality {
  /** From 1. */
  readonly rank: number;
  readonly image_id: number | string;
  readonly image: string | null;
  /** How many boxes were drawn and found. */
  readonly drawn: number;
  readonly found: number;
  /** 0..1, of all its labels, and of each kind of error. */
  readonly quality: number;
  readonly overlooked: number;
  readonly swapped: number;
  readonly badly_located: number;
}

/** The images, worst labels first. */
export function rankLabelledImages(
  labelled: LabelledImages,
  options: ObjectLabOptions = {},
): RankedList<LabelledImageQuality> {
  assertLabelled('rankLabelledImages', labelled);
  const { images, imageIdType } = labelled;
  const { quality, overlooked, swapped, badlyLocated } = objectLabelQuality(
    images.map((image) => image.given),
    images.map((image) => image.predicted),
    options,
  );
  const rows = images.map(({ image_id, image, annotations, predicted }, at) => ({
    ...{ image_id, image, drawn: annotations.length, found: predicted.length, quality: quality[at]! },
    ...{ overlooked: overlooked[at]!, swapped: swapped[at]!, badly_located: badlyLocated[at]! },
  }));
  return rankedList(worstFirst(rows), labelQualityColumns({ imageIdType }));
}
