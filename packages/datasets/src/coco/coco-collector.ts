import { setImmediate } from 'node:timers/promises';
import type { BoxSpace, Box2d, Label } from '@qualm/types';
import { createAnnotation, isId, readBox, readMask, show } from './coco-annotation.ts';
import type { CocoAnnotation, RawAnnotation } from './coco-annotation.ts';
import { readImage } from './coco-image.ts';
import type { CocoImage } from './coco-image.ts';
import { createProblemList } from './problem-list.ts';
import type { ProblemList } from './problem-list.ts';

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

export function createCocoCollector(
  folder: string,
  { strict, masks }: { readonly strict: boolean; readonly masks: boolean },
): CocoCollector {
  const problems = createProblemList(strict);
  const images = new Map<number | string, CocoImage>();
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
        if (!images.has(image.image_id)) images.set(image.image_id, image);
        else problems.add('dataset-invalid', `${where}: id ${show(image.image_id)} is there already; it is left out`);
      }
    },
    addAnnotations(elements) {
      for (const element of elements) raw.push(trim(element, masks));
    },
    addCategories(elements) {
      for (const element of elements) {
        const where = `categories[${categoryCount++}]`;
        const label = readCategory(element);
        if (label === null) problems.add('dataset-invalid', `${where}: ${show(element)} has no id and name`);
        else if (labels.has(label.id)) problems.add('dataset-invalid', `${where}: id ${label.id} is there already`);
        else labels.set(label.id, label);
      }
    },
    async finish(boxes) {
      const annotations = await joinAnnotations(raw, images, labels, boxes, problems);
      return { images: [...images.values()], annotations, labels: [...labels.values()], problems };
    },
  };
}

function trim(element: unknown, masks: boolean): RawAnnotation {
  if (typeof element !== 'object' || element === null) return {};
  if (!masks) delete (element as Record<string, unknown>)['segmentation'];
  return element as RawAnnotation;
}

function readCategory(element: unknown): Label | null {
  const { id, name, supercategory } = (element ?? {}) as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || typeof name !== 'string') return null;
  return { id: id as number, name, ...(typeof supercategory === 'string' && { supercategory }) };
}

/** Lets go of the raw entries as it reads them, and lets the event loop have its turn. */
async function joinAnnotations<Space extends BoxSpace>(
  raw: (RawAnnotation | null)[],
  images: ReadonlyMap<number | string, CocoImage>,
  labels: ReadonlyMap<number, Label>,
  boxes: Space,
  problems: ProblemList,
): Promise<Map<number | string, CocoAnnotation<Space>[]>> {
  const joined = new Map<number | string, CocoAnnotation<Space>[]>();
  const context: JoinContext<Space> = { images, labels, ids: new Set(), boxes, problems };
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

interface JoinContext<Space extends BoxSpace> {
  readonly images: ReadonlyMap<number | string, CocoImage>;
  readonly labels: ReadonlyMap<number, Label>;
  readonly ids: Set<number | string>;
  readonly boxes: Space;
  readonly problems: ProblemList;
}

/** Null, and a problem, for an annotation without an image, a category id or a box. */
function joinAnnotation<Space extends BoxSpace>(
  raw: RawAnnotation,
  index: number,
  context: JoinContext<Space>,
): CocoAnnotation<Space> | null {
  const { images, labels, ids, boxes, problems } = context;
  const { id, image_id, category_id } = raw;
  const report = (why: string): null => {
    problems.add('dataset-invalid', `annotations[${index}]${isId(id) ? ` (id ${show(id)})` : ''}: ${why}`);
    return null;
  };
  const leftOut = (why: string): null => report(`${why}; the annotation is left out`);
  if (isId(id) && ids.has(id)) return leftOut('its id is there already');
  if (isId(id)) ids.add(id);
  const image = isId(image_id) ? images.get(image_id) : undefined;
  if (!image) return leftOut(`image_id ${show(image_id)} is no image of the file`);
  if (!Number.isSafeInteger(category_id)) return leftOut(`category_id is ${show(category_id)}; wanted a whole number`);
  const box = readBox(raw);
  if (typeof box === 'string') return leftOut(box);
  if (boxes === 'relative' && image.size === null) return leftOut('its image has no size to make the box relative to');
  const label = labels.get(category_id as number);
  if (!label) report(`category_id ${show(category_id)} is no category of the file`);
  const mask = readMask(raw, image.size);
  if (typeof mask === 'string') report(`${mask}; the mask is left out`);
  const bbox = (boxes === 'relative' ? box.toRelative(image.size!) : box) as Box2d<BoxSpace> as Box2d<Space>;
  return createAnnotation(raw, bbox, box.area, typeof mask === 'string' ? null : mask, label);
}
