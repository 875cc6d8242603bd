import { QualmError } from '@qualm/types';
import { hasClassNumbers, knownExtraRows, knownLayout, suppressedLayout } from './known-layout.ts';
import { assertLabels, mismatch } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import type { Predictions } from './yolov8-shapes.ts';
import type { Yolov8HeadSpec } from './yolov8.ts';

/** Where the numbers of each anchor lie. Where a shape could be read both ways, rows are as YOLOv8
 * exports them.
 * @param coefficients how many each anchor's mask may have.
 * @throws QualmError `shape-mismatch` for a shape that is neither.
 */
export function predictionsOf(
  row: OutputRow,
  head: Yolov8HeadSpec,
  numLabels: number,
  coefficients: readonly number[],
): Predictions {
  const { data, offset, shape } = row;
  const { predictions: name } = head.outputs;
  const more = rowsOfTask(head, coefficients);
  const fits = (side: number): boolean => more.some((count) => side === 4 + numLabels + count);
  if (!fits(shape[1]!) && fits(shape[2]!)) {
    if (hasClassNumbers(row)) throw mismatch('yolov8', `output "${name}" is [${shape}], ${suppressedLayout(6)}`);
    const [, numAnchors, numRows] = shape as [number, number, number];
    return { data, offset, numAnchors, numRows, rowStride: 1, anchorStride: numRows };
  }
  if (!fits(shape[1]!)) throw misfit(head, shape, numLabels, more);
  const [, numRows, numAnchors] = shape as [number, number, number];
  return { data, offset, numAnchors, numRows, rowStride: numAnchors, anchorStride: 1 };
}

/** How many rows there may be after the class scores. */
function rowsOfTask(
  { task = 'detect', extraRows = 0, keypoints = 0 }: Yolov8HeadSpec,
  coefficients: readonly number[],
): readonly number[] {
  if (task === 'segment') return coefficients;
  if (task === 'pose') return [3 * keypoints, 2 * keypoints];
  return [task === 'obb' ? 1 : extraRows];
}

function misfit(head: Yolov8HeadSpec, shape: readonly number[], labels: number, more: readonly number[]): QualmError {
  const { outputs, task = 'detect', extraRows } = head;
  const name = outputs.predictions;
  const rows = shape[1]! - 4;
  const [count = 0] = more;
  const layout = knownLayout('yolov8', shape, labels);
  const extra = task === 'detect' && extraRows === undefined ? knownExtraRows(rows - labels) : null;
  if (layout === null && extra !== null)
    return mismatch(
      'yolov8',
      `output "${name}" is [${shape}], so ${rows} foreground classes, the spec has ${labels} labels: ${extra}`,
    );
  if (layout !== null || task === 'detect') assertLabels('yolov8', name, shape, rows - count, labels);
  return mismatch(
    'yolov8',
    `output "${name}" is [${shape}], so ${rows - count} classes before the ${more.join(' or ')} rows of task ` +
      `"${task}", the spec has ${labels} labels; check them and head.task${task === 'pose' ? ', and head.keypoints' : ''}`,
  );
}

/** @throws QualmError `spec-invalid` for options that belong to another task. */
export function assertOptionsOfTask({ task = 'detect', outputs, keypoints, extraRows }: Yolov8HeadSpec): void {
  const faults: readonly (readonly [boolean, string])[] = [
    [
      task === 'segment' && outputs.prototypes === undefined,
      'task "segment" needs the output of its prototypes, [n, 32, height, width]; name it in head.outputs.prototypes',
    ],
    [
      task !== 'segment' && outputs.prototypes !== undefined,
      `head.outputs.prototypes belongs to task "segment", and the task is "${task}"; set head.task to "segment", or leave it out`,
    ],
    [
      task === 'pose' && keypoints === undefined,
      'task "pose" needs the number of key points of a box; set head.keypoints, of COCO\'s persons 17',
    ],
    [
      task !== 'pose' && keypoints !== undefined,
      `head.keypoints belongs to task "pose", and the task is "${task}"; set head.task to "pose", or leave it out`,
    ],
    [
      task !== 'detect' && extraRows !== undefined,
      `head.extraRows leaves out what task "${task}" reads; leave out one of both`,
    ],
  ];
  const fault = faults.find(([isWrong]) => isWrong);
  if (fault) throw new QualmError('spec-invalid', `head yolov8: ${fault[1]}`);
}
