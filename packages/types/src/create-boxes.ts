import { classAt } from './boxes.ts';
import type { BoxArrays, Boxes, ClassScore } from './boxes.ts';
import { assertList } from './rows/assert-rows.ts';
import { wrongArgument } from './wrong-argument.ts';

/** One box as a row: what people drew, or a `Detection`. */
export interface BoxRow {
  /** In pixels. */
  readonly box: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number };
  readonly label_id: number;
  /** 0..1; absent where nobody scored it. */
  readonly score?: number;
}

/** `Boxes` over flat arrays, which are shared, not copied.
 * @throws RangeError when the arrays do not have as many boxes, labels and scores.
 * @example createBoxes({ boxes: Float32Array.of(0, 0, 9, 9), labelIds: [7] }).best(0) // { label_id: 7, score: NaN }
 */
export function createBoxes(arrays: BoxArrays): Boxes {
  assertBoxArrays('createBoxes', arrays);
  return new BoxesOfArrays(arrays);
}

/** `Boxes` from rows, copied. They have scores where some row has one; the score of a row without
 * is NaN.
 * @throws RangeError when the rows are not a list of `{ box, label_id }`.
 * @example boxesFromRows([{ box: new Box2d(1, 2, 3, 4), label_id: 7 }]).boxes // Float64Array [1, 2, 3, 4]
 */
export function boxesFromRows(rows: Iterable<BoxRow>): Boxes {
  const isList = typeof rows === 'object' && rows !== null && Symbol.iterator in rows;
  if (!isList) throw wrongArgument('boxesFromRows', 'rows', rows, 'a list such as [{ box, label_id }]');
  const all = [...rows];
  const boxes = new Float64Array(4 * all.length);
  const labelIds = new Int32Array(all.length);
  const scores = new Float64Array(all.length);
  all.forEach((row, place) => {
    if (typeof row?.box !== 'object' || row.box === null)
      throw wrongArgument('boxesFromRows', `row ${place}`, row, '{ box, label_id }');
    const { xmin, ymin, xmax, ymax } = row.box;
    boxes.set([xmin, ymin, xmax, ymax], 4 * place);
    labelIds[place] = row.label_id;
    scores[place] = row.score ?? NaN;
  });
  const isScored = scores.some((score) => !Number.isNaN(score));
  return new BoxesOfArrays({ boxes, labelIds, ...(isScored && { scores }) });
}

/** @throws RangeError when the arrays do not have as many boxes, labels and scores. */
function assertBoxArrays(where: string, arrays: BoxArrays): void {
  const { boxes, labelIds, scores, numClasses = 1 } = Object(arrays) as Partial<BoxArrays>;
  assertList(where, 'boxes', boxes);
  assertList(where, 'labelIds', labelIds);
  if (scores !== undefined) assertList(where, 'scores', scores);
  if (!(Number.isInteger(numClasses) && numClasses > 0))
    throw wrongArgument(where, 'numClasses', numClasses, 'a whole number from 1');
  const [numBoxes, numLabels] = [boxes!.length / 4, labelIds!.length / numClasses];
  const numScores = scores ? scores.length / numClasses : numLabels;
  if (Number.isInteger(numBoxes) && numLabels === numBoxes && numScores === numBoxes) return;
  const scored = scores ? `, ${numScores} scores` : '';
  throw new RangeError(`${where}: ${numBoxes} boxes, ${numLabels} labels${scored}; expected as many of each`);
}

class BoxesOfArrays implements Boxes {
  readonly boxes: Float32Array | Float64Array;
  readonly labelIds: ArrayLike<number>;
  declare readonly scores?: ArrayLike<number>;
  readonly #numClasses: number;

  constructor({ boxes, labelIds, scores, numClasses = 1 }: BoxArrays) {
    this.boxes = boxes;
    this.labelIds = labelIds;
    if (scores) this.scores = scores;
    this.#numClasses = numClasses;
  }

  get length(): number {
    return this.boxes.length / 4;
  }

  get numClasses(): number {
    return this.#numClasses;
  }

  best(row: number): ClassScore | null {
    return classAt(this, row, 0);
  }

  runnerUp(row: number): ClassScore | null {
    return classAt(this, row, 1);
  }
}
