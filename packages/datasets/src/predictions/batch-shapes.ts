import { BoxShapes, QualmError } from '@qualm/types';
import type { Prediction, ShapeKind } from '@qualm/types';

/** Gathers what stands beside the boxes of a batch; copied. */
export interface BatchShapes {
  readonly bytes: number;
  /** @throws QualmError `shape-mismatch` for a row that has something else than all rows have. */
  add(row: Prediction): void;
  /** What was gathered so far, in memory of its own. */
  copy(): BoxShapes | undefined;
  /** The same; empty afterwards. */
  take(): BoxShapes | undefined;
}

/** @param kinds what each box has beside it. */
export function createBatchShapes(kinds: readonly ShapeKind[]): BatchShapes {
  let parts: { readonly length: number; readonly shapes: BoxShapes }[] = [];
  let bytes = 0;
  let numPoints: number | null = null;
  const copy = (): BoxShapes | undefined => BoxShapes.join(parts);
  return {
    get bytes() {
      return bytes;
    },
    add(row) {
      assertKinds(row, kinds);
      const shapes = row.detections && BoxShapes.join([row.detections]);
      if (!shapes || shapes.length === 0) return;
      assertMaskSizes(row, shapes);
      numPoints ??= shapes.keypoints?.numPoints ?? null;
      assertPoints(row, shapes, numPoints);
      bytes += shapes.buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
      parts.push({ length: shapes.length, shapes });
    },
    copy,
    take() {
      const taken = copy();
      parts = [];
      bytes = 0;
      return taken;
    },
  };
}

function assertKinds({ image_id, detections }: Prediction, wanted: readonly ShapeKind[]): void {
  if (!detections || (detections.length === 0 && !detections.shapes)) return;
  const came = detections.shapes?.kinds ?? [];
  if (came.length === wanted.length && came.every((kind) => wanted.includes(kind))) return;
  const list = (kinds: readonly ShapeKind[]): string => (kinds.length === 0 ? 'nothing' : kinds.join(' and '));
  throw new QualmError(
    'shape-mismatch',
    `predictions: image ${JSON.stringify(image_id)} has ${list(came)} beside its boxes, the sink was made for ` +
      `${list(wanted)}; give the sink the \`shapes\` of the model or head`,
  );
}

/** What is stored of a mask is read back with the size of its image. */
function assertMaskSizes({ image_id, size }: Prediction, { masks }: BoxShapes): void {
  const isOther = masks?.sizes.some((side, at) => side !== (at % 2 === 0 ? size?.width : size?.height));
  if (!masks || !isOther) return;
  throw new QualmError(
    'shape-mismatch',
    `predictions: image ${JSON.stringify(image_id)} is ${size?.width} x ${size?.height} pixels, and a mask of it is of ` +
      'another size; give masks of the size of the image',
  );
}

function assertPoints({ image_id }: Prediction, { keypoints }: BoxShapes, numPoints: number | null): void {
  if (!keypoints || keypoints.numPoints === numPoints) return;
  throw new QualmError(
    'shape-mismatch',
    `predictions: image ${JSON.stringify(image_id)} has ${keypoints.numPoints} key points to a box, images before it ` +
      `${numPoints}; give as many of each`,
  );
}
