import { Mask } from '@qualm/types';
import type { Box2d, BoxSpace, CocoSegmentation, Label, Size } from '@qualm/types';

/** One thing that people marked in an image. */
export interface CocoAnnotation<Space extends BoxSpace = BoxSpace> {
  readonly ann_id: number | string | null;
  readonly image_id: number | string;
  readonly label_id: number;
  /** Null where the file has no such category. */
  readonly label: string | null;
  readonly supercategory: string | null;
  /** Of the mask, in pixels, as the file says; of the box where it does not. */
  readonly area: number;
  readonly bbox: Box2d<Space>;
  /** Null where there is none, or it cannot be read. */
  readonly segmentation: Mask | null;
  readonly iscrowd: boolean;
}

/** An annotation as the file has it. */
export type RawAnnotation = Readonly<Record<string, unknown>>;

/** The mask of an annotation, null where it has none, or what is wrong with it. */
export function readMask({ segmentation }: RawAnnotation, size: Size | null): Mask | null | string {
  if (segmentation == null || (Array.isArray(segmentation) && segmentation.length === 0)) return null;
  if (size === null) return 'segmentation cannot be read: the image has no width and height';
  if (!isSegmentation(segmentation)) return 'segmentation is neither polygons nor an RLE {counts, size}';
  try {
    return Mask.fromCoco(segmentation, size);
  } catch (error) {
    return `segmentation: ${(error as Error).message}`;
  }
}

/** What was read of an annotation before it is put together. */
export interface AnnotationParts<Space extends BoxSpace> extends Pick<
  CocoAnnotation<Space>,
  'ann_id' | 'image_id' | 'bbox' | 'segmentation'
> {
  readonly boxArea: number;
  readonly label: Label | undefined;
}

/** The annotation with its parts, which were read before, put together. */
export function createAnnotation<Space extends BoxSpace>(
  raw: RawAnnotation,
  { ann_id, image_id, bbox, boxArea, segmentation, label }: AnnotationParts<Space>,
): CocoAnnotation<Space> {
  return {
    ann_id,
    image_id,
    label_id: raw['category_id'] as number,
    label: label?.name ?? null,
    supercategory: label?.supercategory ?? null,
    area: typeof raw['area'] === 'number' ? raw['area'] : boxArea,
    bbox,
    segmentation,
    iscrowd: Number(raw['iscrowd'] ?? 0) > 0,
  };
}

export function isId(value: unknown): value is number | string {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** A value of a file, short enough for a message. */
export function show(value: unknown): string {
  const text = JSON.stringify(value)?.replaceAll(/"(-?(?:NaN|Infinity))"/g, '$1') ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function isSegmentation(value: unknown): value is CocoSegmentation {
  if (Array.isArray(value)) return value.every((ring) => Array.isArray(ring));
  if (typeof value !== 'object' || value === null) return false;
  const { counts, size } = value as { counts?: unknown; size?: unknown };
  return (typeof counts === 'string' || Array.isArray(counts)) && Array.isArray(size) && size.length === 2;
}
