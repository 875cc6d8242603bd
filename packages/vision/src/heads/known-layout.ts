/** What an output that a head cannot read looks like, with what to do, where exports of other
 * families or options have that shape.
 */
export function knownLayout(head: string, shape: readonly number[], labels: number): string | null {
  if (head !== 'yolov8' && head !== 'yolox') return null;
  const last = shape.at(-1)!;
  const middle = shape.length === 3 ? shape[1]! : NaN;
  if (shape.length === 3 && last === 5 + labels && middle > last) {
    const other = head === 'yolox' ? '' : ', or head "yolox" where YOLOX exported it undecoded';
    return (
      `a row of 4 + 1 + ${labels} numbers a box, with an objectness, is what YOLOv5 and YOLOv7 export, which no head reads; ` +
      `export a YOLOv5u or later with Ultralytics (yolo export format=onnx)${other}`
    );
  }
  if (shape.length === 3 && last === 4 + labels && middle > last) {
    return `this is [n, anchors, 4 + classes], expected [n, 4 + classes, anchors]; transpose the output at export`;
  }
  if ((last === 6 || last === 7) && (shape.length === 2 || (shape.length === 3 && middle > last))) {
    return (
      `a row of ${last} numbers a box (corners, score, class) is an export with its own NMS (nms=True, end2end), ` +
      'after which the scores of the other classes are gone; export again with nms=False (end2end=False)'
    );
  }
  return null;
}

const mostKeyPoints = 200;

/** Rows that come after the class scores of a YOLOv8 export for another task. */
export function knownExtraRows(extra: number): string | null {
  if (extra === 32) {
    return (
      'the last 32 are not classes but the mask coefficients of a segmentation export; ' +
      'set head.extraRows to 32 to leave them out, or export the detection model'
    );
  }
  if (extra === 1) {
    return 'list the label that is missing; where the last row is the angle of a rotated box (OBB), such exports are not read';
  }
  if (extra > 0 && extra % 3 === 0 && extra <= mostKeyPoints * 3) {
    return (
      `where this is a pose export, ${extra} rows after the class scores are its key points: ` +
      `set head.extraRows to ${extra} to leave them out; where it is none, list the ${extra} labels that are missing`
    );
  }
  return null;
}
