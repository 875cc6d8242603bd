import { readCoco, readPredictions } from '@qualm/datasets';
import type { CocoAnnotation, CocoDataset, ImageIdType } from '@qualm/datasets';
import { labelledBoxes } from '@qualm/evaluation';
import type { LabelledBoxes } from '@qualm/evaluation';
import { Detections } from '@qualm/types';
import type { ClassScores, Label } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { matchImages } from './match-images.ts';
import { createSizeDifferences } from './size-differences.ts';
import { sizesOf } from './sizes-of.ts';

type Annotation = CocoAnnotation<'pixels'>;

/** An image with the boxes that people drew and those that a model found. */
export interface LabelledImage {
  readonly image_id: number | string;
  readonly image: string | null;
  /** Without crowds, in the order of `given`. */
  readonly annotations: readonly Annotation[];
  readonly given: LabelledBoxes;
  /** With the dataset's label ids. */
  readonly predicted: Detections;
  /** Which of the stored boxes each of them is. */
  readonly places: Int32Array;
}

/** The images of a COCO file of which there are predictions. */
export interface LabelledImages {
  readonly images: readonly LabelledImage[];
  readonly labels: readonly Label[];
  readonly imageIdType: ImageIdType;
  /** Whole numbers, unless the file has another id. */
  readonly annIdType: ImageIdType;
  /** What was left out. */
  readonly warnings: readonly string[];
}

/** Puts stored predictions beside the annotations of a COCO file: images by their id, else by their file name, classes by their name. Images that
 * only one of them has or that failed, images that are of another size than the file says, and classes that it does not know, are
 * left out with a warning.
 * @throws UsageError when they have no image or no class in common.
 */
export async function readLabelledImages(folder: string, cocoPath: string): Promise<LabelledImages> {
  const coco = await readCoco(cocoPath, { segmentations: 'drop' });
  const unchecked: string[] = [];
  const { columns, labels, length, imageIdType } = await readPredictions(folder, {
    onWarning: (text) => unchecked.push(text),
  });
  const idOf = idsByName(labels, coco.labels);
  if (idOf.size === 0) throw new UsageError(`${cocoPath}: knows none of the classes of ${folder}, by their names`);
  const match = matchImages(coco.columns);
  const labelledSizes = sizesOf(coco.columns);
  const sizes = createSizeDifferences();
  const images: LabelledImage[] = [];
  let otherPixels = 0;
  for (let row = 0; row < length; row++) {
    const image_id = columns.image_id.at(row)!;
    const image = columns.image.at(row)?.uri ?? null;
    const labelled = match.row(image_id, image);
    const annotations = labelled === null ? undefined : coco.columns.annotations.at(labelled);
    const found = columns.detections.at(row);
    if (!annotations || !found) continue;
    const [width, height] = [columns.width.at(row), columns.height.at(row)];
    const shown = width != null && height != null ? { width, height } : null;
    if (sizes.add(image_id, labelledSizes.get(String(coco.columns.image_id.at(labelled!))), shown)) {
      otherPixels++;
      continue;
    }
    images.push({ image_id, image, ...labelledImage(annotations, found, idOf) });
  }
  const told = sizes.warnings(cocoPath, 'its labels are not compared');
  if (images.length === 0 && otherPixels > 0) throw new UsageError(`${cocoPath}: ${told.join('; ')}`);
  if (images.length === 0) {
    throw new UsageError(
      `${cocoPath}: has none of the images of ${folder}, by their ids or file names; predict with --coco`,
    );
  }
  const unknown = labels.filter(({ id }) => !idOf.has(id)).map(({ name }) => name);
  const joined = images.length + otherPixels;
  const warnings = [
    ...unchecked,
    ...told,
    ...(match.byName > 0
      ? [`${match.byName} images of ${folder} were found in ${cocoPath} by their file names, not by ids`]
      : []),
    ...(joined < length ? [`${length - joined} images of ${folder} failed, or are not in ${cocoPath}`] : []),
    ...(joined < coco.length ? [`${coco.length - joined} images of ${cocoPath} have no predictions`] : []),
    ...(unknown.length > 0 ? [`${cocoPath} does not label ${unknown.join(', ')}`] : []),
    ...(coco.problemCount > 0
      ? [`${coco.problemCount} problems in ${cocoPath}; the first: ${coco.problems[0]!.message}`]
      : []),
  ];
  return { images, labels: coco.labels, imageIdType, annIdType: annIdTypeOf(coco), warnings };
}

function annIdTypeOf({ columns }: CocoDataset): ImageIdType {
  for (const annotations of columns.annotations)
    if (annotations.some(({ ann_id }) => typeof ann_id === 'string')) return 'string';
  return 'int64';
}

/** The dataset's id of each of the model's label ids that it has a class of that name for, in whatever Unicode form. */
export function idsByName(labels: readonly Label[], ofDataset: readonly Label[]): Map<number, number> {
  const ids = new Map(ofDataset.map(({ id, name }) => [name.normalize(), id]));
  return new Map(
    labels.flatMap(({ id, name }) => {
      const own = ids.get(name.normalize());
      return own === undefined ? [] : [[id, own] as const];
    }),
  );
}

function labelledImage(
  all: readonly Annotation[],
  found: Detections | ClassScores,
  idOf: ReadonlyMap<number, number>,
): Pick<LabelledImage, 'annotations' | 'given' | 'predicted' | 'places'> {
  const { boxes, scores, labelIds } = bestClasses(found);
  const ids = Array.from(labelIds, (own) => idOf.get(own));
  const places = Int32Array.from(ids.keys()).filter((place) => ids[place] !== undefined);
  const known = Int32Array.from(ids, (id) => id ?? -1);
  return {
    annotations: all.filter(({ iscrowd }) => !iscrowd),
    given: labelledBoxes(all),
    predicted: someDetections(new Detections(boxes, scores, known), places),
    places,
  };
}

/** The detections at these places. */
export function someDetections({ boxes, scores, labelIds }: Detections, places: Int32Array): Detections {
  return new Detections(
    Float32Array.from({ length: 4 * places.length }, (_, at) => boxes[4 * places[at >> 2]! + (at & 3)]!),
    Float32Array.from(places, (place) => scores[place]!),
    Int32Array.from(places, (place) => labelIds[place]!),
  );
}

function bestClasses(found: Detections | ClassScores): Detections {
  if (found instanceof Detections) return found;
  const { boxes, scores, labelIds, numClasses } = found;
  const firstOfEach = (_: number, i: number): boolean => i % numClasses === 0;
  return new Detections(boxes, scores.filter(firstOfEach), labelIds.filter(firstOfEach));
}
