import type { BoxArrays, BoxRow, Label } from '@qualm/types';
import { assertArray, assertNumber, assertOptions, boxesFromRows, createBoxes } from '@qualm/types';
import { matchOf } from '@qualm/types/rows';
import { assertBox } from './assert-picture.ts';
import { box, compose } from './layer.ts';
import type { GroupLayer } from './layer.ts';

/** @deprecated Use `BoxRow` of `@qualm/types`. */
export type ComparedBox = BoxRow;

export interface DifferenceOptions {
  readonly labels?: readonly Label[];
  /** Boxes that overlap by at least this are the same thing. Default 0.5. */
  readonly minIou?: number;
}

/** Where two lists of boxes differ: ground truth and a model, or two models. Boxes that only the
 * first list has are dashed and red, those that only the second has are green; a thing that both
 * found under different names is orange and its tag names both; what both agree on is thin and
 * grey. Boxes are paired off as `match` of `@qualm/evaluation` does: one to one, those of one class
 * first, then those of greatest overlap. Dashes and words tell the colours apart for those who
 * cannot. Invalid boxes (NaN, or corners the wrong way round) are not drawn.
 * @param first `Boxes`, such as detections, class scores (compared by their best classes) or ground
 * truth; or rows of them.
 * @throws RangeError when `minIou` is not 0..1.
 * @example difference(labelledBoxes(annotations), prediction.detections, { labels })
 */
export function difference(
  first: BoxArrays | readonly BoxRow[],
  second: BoxArrays | readonly BoxRow[],
  options: DifferenceOptions = {},
): GroupLayer {
  const [a, b] = [validBoxes('the first list', first), validBoxes('the second list', second)];
  assertOptions('difference', options, '{ labels, minIou: 0.5 }');
  const { labels = [], minIou = 0.5 } = options;
  assertArray('difference', 'labels', labels, "an array, such as [{ id: 0, name: 'person' }]");
  assertNumber('difference', 'minIou', minIou);
  if (!(minIou >= 0 && minIou <= 1)) throw new RangeError(`difference: minIou is ${minIou}; expected 0 to 1`);
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const name = ({ label_id: id }: BoxRow): string => names.get(id) ?? String(id);
  const words = (row: BoxRow): string =>
    name(row) + (Number.isNaN(row.score ?? NaN) ? '' : ` ${row.score!.toFixed(2)}`);
  const pairs = matchOf('difference', unscored(a), unscored(b), { minIou });
  const [matchedA, matchedB] = [new Set(pairs.map((pair) => pair.first)), new Set(pairs.map((pair) => pair.second))];
  const rows = pairs.map((pair) => [a[pair.first]!, b[pair.second]!] as const);
  const differ = rows.filter(([one, other]) => one.label_id !== other.label_id);
  const agree = rows.filter(([one, other]) => one.label_id === other.label_id);
  const missed = a.filter((_, place) => !matchedA.has(place));
  const extra = b.filter((_, place) => !matchedB.has(place));
  return compose(
    ...differ.map(([one, other]) => box(other.box, { color: '#e69f00', label: `${name(one)} → ${words(other)}` })),
    ...missed.map((row) => box(row.box, { color: '#d55e00', dash: [6, 4], label: `− ${words(row)}` })),
    ...extra.map((row) => box(row.box, { color: '#009e73', label: `+ ${words(row)}` })),
    ...agree.map(([, other]) => box(other.box, { color: '#c7c7c7', strokeWidth: 1, opacity: 0.8 })),
  );
}

/** Scores say nothing of where boxes are, and rows may lack them. */
function unscored(rows: readonly BoxRow[]): BoxArrays {
  const { boxes, labelIds } = boxesFromRows(rows);
  return { boxes, labelIds };
}

/** The rows of a list whose boxes can be drawn. */
function validBoxes(name: string, list: BoxArrays | readonly BoxRow[]): BoxRow[] {
  const rows = isBoxArrays(list) ? rowsOf(list) : list;
  assertArray('difference', name, rows, 'boxes, or an array of { box, label_id }');
  return rows.filter((row) => {
    assertBox('difference', row?.box);
    const { xmin, ymin, xmax, ymax } = row.box;
    return xmin <= xmax && ymin <= ymax;
  });
}

function isBoxArrays(list: BoxArrays | readonly BoxRow[]): list is BoxArrays {
  return ArrayBuffer.isView((Object(list) as Partial<BoxArrays>).boxes);
}

function rowsOf(arrays: BoxArrays): BoxRow[] {
  const all = createBoxes(arrays);
  return Array.from({ length: all.length }, (_, row) => {
    const [xmin, ymin, xmax, ymax] = [0, 1, 2, 3].map((side) => all.boxes[4 * row + side]!) as [
      number,
      number,
      number,
      number,
    ];
    return { box: { xmin, ymin, xmax, ymax }, ...all.best(row)! };
  });
}
