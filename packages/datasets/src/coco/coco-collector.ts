import { setImmediate } from 'node:timers/promises';
import type { BoxSpace, Box2d, Label } from '@qualm/types';
import { createAnnotation, isId, readMask, show } from './coco-annotation.ts';
import type { CocoAnnotation, RawAnnotation } from './coco-annotation.ts';
import { readImage } from './coco-image.ts';
import type { CocoImage } from './coco-image.ts';
import { createProblemList } from './problem-list.ts';
import type { ProblemList } from './problem-list.ts';
import { readBox } from './read-box.ts';

/** A COCO file that was read to its end. */
export interface CollectedCoco<Space extends BoxSpace = BoxSpace> {
  readonly images: readonly CocoImage[];
  readonly annotations: ReadonlyMap<number | string, readonly CocoAnnotation<Space>[]>;
  readonly labels: readonly Label[];
  readonly problems: ProblemList;
}

/** Takes the arrays of a COCO file in whatever order they come. */
export interface CocoCollector {
  addImages(elements: readonly unknown[]): void;
  addAnnotations(elements: readonly unknown[]): void;
  addCategories(elements: readonly unknown[]): void;
  finish<Space extends BoxSpace>(boxes: Space): Promise<CollectedCoco<Space>>;
}

const annotationsPerTurn = 2000;

const labelIdWanted = 'a whole number of 32 bits';

/** Predictions carry label ids in 32 bits. */
function isLabelId(value: unknown): value is number {
  return Number.isInteger(value) && value === (value as number) >> 0;
}

export function createCocoCollector(
  folder: string,
  { strict, masks }: { readonly strict: boolean; readonly masks: boolean },
): CocoCollector {
  const problems = createProblemList(strict);
  const images = new Map<string, CocoImage>();
  const labels = new Map<number, Label>();
  const raw: (RawAnnotation | null)[] = [];
  let imageCount = 0;
  let categoryCount = 0;

  return {
    addImages(elements) {
      for (const element of elements) {
        const where = `images[${imageCount++}]`;
        const image = readImage(element, where, folder, problems);
        if (image === null) continue;
        const first = images.get(String(image.image_id));
        if (!first) images.set(String(image.image_id), image);
        else problems.add('dataset-invalid', `${where}: ${usedAlready(image, first)}`);
      }
    },
    addAnnotations(elements) {
      for (const element of elements) raw.push(trim(element, masks));
    },
    addCategories(elements) {
      for (const element of elements) {
        const where = `categories[${categoryCount++}]`;
        const label = readCategory(element);
        if (label === null)
          problems.add('dataset-invalid', `${where}: ${show(element)} has no id, ${labelIdWanted}, and name`);
        else if (labels.has(label.id)) problems.add('dataset-invalid', `${where}: id ${label.id} appears twice`);
        else labels.set(label.id, label);
      }
    },
    async finish(boxes) {
      const imageId = idReader([...images.values()].map(({ image_id }) => image_id));
      const annotationId = idReader(raw.map((annotation) => annotation?.['id']));
      const context = { images, labels, ids: new Map(), imageId, annotationId, boxes, problems };
      const annotations = await joinAnnotations(raw, context);
      const named = Array.from(images.values(), (image) => ({ ...image, image_id: imageId(image.image_id) }));
      return { images: named, annotations, labels: [...labels.values()], problems };
    },
  };
}

function usedAlready({ image_id, file_name }: CocoImage, first: CocoImage): string {
  const isSame = file_name === first.file_name;
  const others = isSame ? '' : `, and its annotations are taken for those of ${show(first.file_name)}`;
  return `id ${show(image_id)} appears twice; ${show(file_name)} is left out${others}`;
}

/** Ids of a column are all numbers, or all text where one of them is. */
function idReader(ids: readonly unknown[]): <Id extends number | string>(id: Id) => Id | string {
  return ids.some((id) => typeof id === 'string') ? String : (id) => id;
}

function trim(element: unknown, masks: boolean): RawAnnotation {
  if (typeof element !== 'object' || element === null) return {};
  if (!masks) delete (element as Record<string, unknown>)['segmentation'];
  return element as RawAnnotation;
}

function readCategory(element: unknown): Label | null {
  const { id, name, supercategory } = (element ?? {}) as Record<string, unknown>;
  if (!isLabelId(id) || typeof name !== 'string') return null;
  return { id, name, ...(typeof supercategory === 'string' && { supercategory }) };
}

interface JoinContext<Space extends BoxSpace> {
  readonly images: ReadonlyMap<string, CocoImage>;
  readonly labels: ReadonlyMap<number, Label>;
  /** The first annotation of each id. */
  readonly ids: Map<number | string, CocoAnnotation<Space>>;
  readonly imageId: ReturnType<typeof idReader>;
  readonly annotationId: ReturnType<typeof idReader>;
  readonly boxes: Space;
  readonly problems: ProblemList;
}

/** Lets go of the raw entries as it reads them, and lets the event loop have its turn. */
async function joinAnnotations<Space extends BoxSpace>(
  raw: (RawAnnotation | null)[],
  context: JoinContext<Space>,
): Promise<Map<number | string, CocoAnnotation<Space>[]>> {
  const joined = new Map<number | string, CocoAnnotation<Space>[]>();
  for (let index = 0; index < raw.length; index++) {
    const annotation = joinAnnotation(raw[index]!, index, context);
    raw[index] = null;
    if (index % annotationsPerTurn === 0) await setImmediate();
    if (annotation === null) continue;
    const others = joined.get(annotation.image_id);
    if (others) others.push(annotation);
    else joined.set(annotation.image_id, [annotation]);
  }
  return joined;
}

/** Null, and a problem, for an annotation without an image, a category id or a box, and for one
 * that appears twice.
 */
function joinAnnotation<Space extends BoxSpace>(
  raw: RawAnnotation,
  index: number,
  { images, labels, ids, imageId, annotationId, boxes, problems }: JoinContext<Space>,
): CocoAnnotation<Space> | null {
  const { id, image_id, category_id } = raw;
  const report = (why: string): null => {
    problems.add('dataset-invalid', `annotations[${index}]${isId(id) ? ` (id ${show(id)})` : ''}: ${why}`);
    return null;
  };
  const leftOut = (why: string): null => report(`${why}; the annotation is left out`);
  const image = isId(image_id) ? images.get(String(image_id)) : undefined;
  if (!image) return leftOut(`image_id ${show(image_id)} is not an image of the file`);
  if (!isLabelId(category_id)) return leftOut(`category_id is ${show(category_id)}; expected ${labelIdWanted}`);
  const read = readBox(raw, image.size);
  if (typeof read === 'string') return leftOut(read);
  if (boxes === 'relative' && image.size === null) return leftOut('its image has no size to make the box relative to');
  const label = labels.get(category_id);
  if (!label) report(`category_id ${show(category_id)} is not a category of the file`);
  for (const change of read.changes) report(change);
  const mask = readMask(raw, image.size);
  if (typeof mask === 'string') report(`${mask}; the mask is left out`);
  const bbox = (boxes === 'relative' ? read.box.toRelative(image.size!) : read.box) as Box2d<BoxSpace> as Box2d<Space>;
  const annotation = createAnnotation(raw, {
    ann_id: isId(id) ? annotationId(id) : null,
    image_id: imageId(image.image_id),
    bbox,
    boxArea: read.box.area,
    segmentation: typeof mask === 'string' ? null : mask,
    label,
  });
  if (annotation.ann_id === null) return annotation;
  const first = ids.get(annotation.ann_id);
  if (!first) ids.set(annotation.ann_id, annotation);
  else if (isSame(annotation, first)) return leftOut('it appears twice');
  else report('its id is that of another annotation too; both are kept');
  return annotation;
}

function isSame(one: CocoAnnotation, other: CocoAnnotation): boolean {
  const { image_id, label_id, bbox } = one;
  return image_id === other.image_id && label_id === other.label_id && String(bbox) === String(other.bbox);
}
