import { cocoSizes, createSizeDifferences, readCoco } from '@qualm/datasets';
import type { CocoAnnotation, CocoDataset, ImageIdType, PredictionTable } from '@qualm/datasets';
import { labelledBoxes } from '@qualm/evaluation';
import { assertText, counted, Detections, QualmError } from '@qualm/types';
import type { Boxes, ClassScores, GroundTruth, Label } from '@qualm/types';
import { sourceInfo, sourceName, sourceShards } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import { assertSource } from '../assert-arguments.ts';
import { matchImages } from './match-images.ts';

type Annotation = CocoAnnotation<'pixels'>;

/** An image with the boxes that people drew and those that a model found. */
export interface LabelledImage {
  readonly image_id: number | string;
  readonly image: string | null;
  /** Without crowds, in the order of `given`. */
  readonly annotations: readonly Annotation[];
  /** [annotations]: which of all boxes that were drawn in the image each is, crowds included. */
  readonly drawnRows: Int32Array;
  readonly given: Boxes & GroundTruth;
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

/** Puts stored predictions beside the annotations of a COCO file, shard by shard. */
export interface LabelledGatherer {
  add(shard: { readonly table: PredictionTable }): void;
  /** @throws QualmError `options-invalid` when they have no image in common. */
  labelled(): LabelledImages;
}

/** Puts stored predictions beside the annotations of a COCO file: images by their id, else by their
 * file name, classes by their name. Images that only one of them has or that failed, images of
 * another size than the file says, and classes that the file does not have, are left out with a
 * warning.
 * @throws QualmError `options-invalid` when they have no image or no class in common; as `readCoco`
 * and `readPredictionShards`.
 */
export async function readLabelledImages(source: PredictionSource, cocoPath: string): Promise<LabelledImages> {
  assertSource('readLabelledImages', source);
  assertText('readLabelledImages', 'its COCO file', cocoPath, "a path, such as 'instances.json'");
  const coco = await readCoco(cocoPath, { segmentations: 'drop' });
  const unchecked: string[] = [];
  const { labels } = await sourceInfo(source);
  const gathering = createLabelledGatherer({ coco, cocoPath, labels, name: sourceName(source) });
  for await (const table of sourceShards(source, { onWarning: (text) => unchecked.push(text) }))
    gathering.add({ table });
  const labelled = gathering.labelled();
  return { ...labelled, warnings: [...unchecked, ...labelled.warnings] };
}

/** @throws QualmError `options-invalid` when they have no class in common. */
export function createLabelledGatherer({
  coco,
  cocoPath,
  labels,
  name,
}: {
  readonly coco: CocoDataset;
  readonly cocoPath: string;
  /** What the model knows. */
  readonly labels: readonly Label[];
  /** Of the predictions, for messages. */
  readonly name: string;
}): LabelledGatherer {
  const idOf = idsByName(labels, coco.labels);
  if (idOf.size === 0) throw invalid(`${cocoPath}: has none of the classes of ${name}, by their names`);
  const match = matchImages(coco.columns);
  const labelledSizes = cocoSizes(coco.columns);
  const sizes = createSizeDifferences();
  const images: LabelledImage[] = [];
  let imageIdType: ImageIdType = 'string';
  let length = 0;
  let otherPixels = 0;
  return {
    add({ table }) {
      const { columns } = table;
      imageIdType = table.imageIdType;
      length += table.length;
      for (let row = 0; row < table.length; row++) {
        const image_id = columns.image_id.at(row)!;
        const image = columns.image.at(row)?.uri ?? null;
        const labelled = match.row(image_id, image);
        const annotations = labelled === null ? undefined : coco.columns.annotations.at(labelled);
        const found = columns.detections.at(row);
        if (!annotations || !found) continue;
        const [width, height] = [columns.width.at(row), columns.height.at(row)];
        const shown = width != null && height != null ? { width, height } : null;
        if (sizes.add(image_id, labelledSizes.get(String(coco.columns.image_id.at(labelled!))), shown)) otherPixels++;
        else images.push({ image_id, image, ...labelledImage(annotations, found, idOf) });
      }
    },
    labelled() {
      const told = sizes.warnings(cocoPath, 'its labels are not compared');
      if (images.length === 0 && otherPixels > 0) throw invalid(`${cocoPath}: ${told.join('; ')}`);
      if (images.length === 0)
        throw invalid(
          `${cocoPath}: has none of the images of ${name}, by their ids or file names; predict with the images of that file`,
        );
      const unknown = labels.filter(({ id }) => !idOf.has(id)).map(({ name }) => name);
      const joined = images.length + otherPixels;
      const warnings = [
        ...told,
        ...(match.byName > 0
          ? [
              `${counted(match.byName, `image of ${name} was`, `images of ${name} were`)} found in ${cocoPath} by file name, not by id`,
            ]
          : []),
        ...(joined < length
          ? [
              `${counted(length - joined, `image of ${name} failed, or is`, `images of ${name} failed, or are`)} not in ${cocoPath}`,
            ]
          : []),
        ...(joined < coco.length
          ? [
              `${counted(coco.length - joined, `image of ${cocoPath} has`, `images of ${cocoPath} have`)} no predictions`,
            ]
          : []),
        ...ambiguousNames(labels, coco.labels).map(
          (shared) =>
            `several classes of ${cocoPath} are called ${shared}, and ${name} has not as many: its boxes are compared with the last of them; give each class a name of its own`,
        ),
        ...(unknown.length > 0 ? [`${cocoPath} does not label ${unknown.join(', ')}`] : []),
        ...(coco.problemCount > 0
          ? [`${counted(coco.problemCount, 'problem')} in ${cocoPath}; the first: ${coco.problems[0]!.message}`]
          : []),
      ];
      return { images, labels: coco.labels, imageIdType, annIdType: annIdTypeOf(coco), warnings };
    },
  };
}

function invalid(message: string): QualmError {
  return new QualmError('options-invalid', message);
}

function annIdTypeOf({ columns }: CocoDataset): ImageIdType {
  for (const annotations of columns.annotations)
    if (annotations.some(({ ann_id }) => typeof ann_id === 'string')) return 'string';
  return 'int64';
}

/** The dataset's id of each of the model's label ids that it has a class of that name for, in
 * whatever Unicode form. Classes that share a name are the same ones, one after the other, where
 * both sides have as many; else it is the dataset's last one.
 */
export function idsByName(labels: readonly Label[], ofDataset: readonly Label[]): Map<number, number> {
  const [own, ids] = [idsOfNames(labels), idsOfNames(ofDataset)];
  return new Map(
    labels.flatMap(({ id, name }) => {
      const [same, those] = [own.get(name.normalize())!, ids.get(name.normalize())];
      if (!those) return [];
      return [[id, same.length === those.length ? those[same.indexOf(id)]! : those.at(-1)!] as const];
    }),
  );
}

/** The names that several classes of a dataset share where the model has not as many: nobody knows
 * which of them the model means.
 */
export function ambiguousNames(labels: readonly Label[], ofDataset: readonly Label[]): string[] {
  const own = idsOfNames(labels);
  return [...idsOfNames(ofDataset)].flatMap(([name, ids]) => {
    const count = own.get(name)?.length ?? 0;
    return ids.length > 1 && count > 0 && count !== ids.length ? [name] : [];
  });
}

function idsOfNames(labels: readonly Label[]): ReadonlyMap<string, number[]> {
  const ids = new Map<string, number[]>();
  for (const { id, name } of labels) {
    const known = ids.get(name.normalize());
    if (known) known.push(id);
    else ids.set(name.normalize(), [id]);
  }
  return ids;
}

function labelledImage(
  all: readonly Annotation[],
  found: Detections | ClassScores,
  idOf: ReadonlyMap<number, number>,
): Pick<LabelledImage, 'annotations' | 'drawnRows' | 'given' | 'predicted' | 'places'> {
  const { boxes, scores, labelIds } = found.form === 'detections' ? found : found.toDetections();
  const ids = Array.from(labelIds, (own) => idOf.get(own));
  const places = Int32Array.from(ids.keys()).filter((place) => ids[place] !== undefined);
  const known = Int32Array.from(ids, (id) => id ?? -1);
  return {
    annotations: all.filter(({ iscrowd }) => !iscrowd),
    drawnRows: Int32Array.from(all.keys()).filter((row) => !all[row]!.iscrowd),
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
