import type { OutputRow } from './read-output.ts';

const yolos = ['yolov5', 'yolov8', 'yolox'];

/** What an output that a head cannot read looks like, with what to do, where exports of other
 * families or options have that shape.
 */
export function knownLayout(head: string, shape: readonly number[], labels: number): string | null {
  if (!yolos.includes(head)) return null;
  const last = shape.at(-1)!;
  const middle = shape.length === 3 ? shape[1]! : NaN;
  if (middle > last && last === 5 + labels) {
    const other = head === 'yolox' ? '' : ', or to "yolox" where YOLOX exported it undecoded';
    return (
      `4 + 1 + ${labels} numbers a box, with an objectness, are what YOLOv5, YOLOv6 and YOLOv7 export: set head.type to "yolov5"${other}; ` +
      `where they are ${labels + 1} foreground classes, the spec has ${labels} labels: list the one that is missing`
    );
  }
  if (head !== 'yolov8' && (last === 4 + labels ? middle > last : middle === 4 + labels && last > middle))
    return `4 + ${labels} numbers a box, without an objectness, are what YOLOv8 and later export; set head.type to "yolov8"`;
  if ((last === 6 || last === 7) && (shape.length === 2 || middle > last)) return suppressedLayout(last);
  return null;
}

/** What to do about an export that suppresses boxes itself. */
export function suppressedLayout(columns: number): string {
  const read = columns === 6 ? ', or set head.type to "end-to-end", which reads what is left of them' : '';
  return (
    `a row of ${columns} numbers a box (corners, score, class) is an export with its own NMS (nms=True, end2end), ` +
    `after which the scores of the other classes are gone; export again with nms=False (end2end=False)${read}`
  );
}

/** Whether the sixth of six numbers a box is a whole number everywhere, so the number of a class;
 * where nothing scores above 0 nobody can say.
 */
export function hasClassNumbers({ data, offset, shape }: OutputRow): boolean {
  const [, rows, columns] = shape as [number, number, number];
  if (columns !== 6) return false;
  let isScored = false;
  for (let row = 0; row < rows; row++) {
    const from = offset + row * columns;
    if (!Number.isInteger(data[from + 5])) return false;
    if (data[from + 4]! > 0) isScored = true;
  }
  return isScored;
}

const mostKeyPoints = 200;

/** Rows that come after the class scores of a YOLOv8 export for another task. */
export function knownExtraRows(extra: number): string | null {
  if (extra === 32) {
    return (
      'the last 32 are not classes but the mask coefficients of a segmentation export; ' +
      'set head.task to "segment" and name its other output in head.outputs.prototypes, ' +
      'or set head.extraRows to 32 to leave them out'
    );
  }
  if (extra === 1) {
    return 'list the label that is missing; where the last row is the angle of a rotated box (OBB), set head.task to "obb"';
  }
  if (extra > 0 && extra % 3 === 0 && extra <= mostKeyPoints * 3) {
    return (
      `where this is a pose export, ${extra} rows after the class scores are its key points: ` +
      `set head.task to "pose" and head.keypoints to ${extra / 3}, or head.extraRows to ${extra} to leave them out; ` +
      `where it is none, list the ${extra} labels that are missing`
    );
  }
  return null;
}
