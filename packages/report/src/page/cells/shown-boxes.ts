import { boxFields } from '../../report-data.ts';
import type { DecidingColumns, ReportData } from '../../report-data.ts';
import { placeOfBox, rivalAt } from './box-at.ts';

/** The box that each cell shows: its number comes from it, or it is the cell. */
export interface ShownBoxes extends DecidingColumns {
  /** Whose box it is, as places in `layers`. */
  readonly layer: ArrayLike<number>;
}

const known = new WeakMap<ReportData, Map<number, ShownBoxes>>();

/** The boxes that cells show for a number; looked up when they are asked for first.
 * @param shown a strategy, by its place: those that its numbers come from. After the strategies
 * come those that are `compared`, in their order: then it is those of the second layer.
 */
export function shownBoxes(data: ReportData, shown: number): ShownBoxes {
  if (!known.has(data)) known.set(data, new Map());
  const made = known.get(data)!;
  // Of a cell that is a box all numbers of the second layer come from one.
  const at = data.by === 'box' ? Math.min(shown, data.strategies.length) : shown;
  if (!made.has(at)) made.set(at, at < data.strategies.length ? ofStrategy(data, at) : ofSecond(data, at));
  return made.get(at)!;
}

/** Whether only the second layer has the box that a cell is. */
export function isOfSecond({ cells: { layer } }: Pick<ReportData, 'cells'>, index: number): boolean {
  return layer?.[index] === 1;
}

function ofStrategy({ cells }: ReportData, strategy: number): ShownBoxes {
  const { deciding, layer, id } = cells;
  const whose = new Uint8Array(id.length);
  layer?.forEach((place, index) => (whose[index] = place ?? 0));
  return { ...(deciding[strategy] ?? deciding[0]!), layer: whose };
}

/** In a loop: these are all cells of a page, looked up at a click. */
function ofSecond(data: ReportData, shown: number): ShownBoxes {
  const { cells, by, strategies } = data;
  const own = shownBoxes(data, 0);
  if (by === 'image' && !cells.otherDeciding) return own;
  const asked = shown - strategies.length;
  const count = cells.id.length;
  const layer = new Uint8Array(count).fill(1);
  const list = <Item>(none: Item): Item[] => new Array<Item>(count).fill(none);
  const [box, label, second] = [list(-1), list(-1), list(-1)];
  const [score, secondScore, value] = [list<number | null>(null), list<number | null>(null), list<number | null>(null)];
  for (let index = 0; index < count; index++) {
    const partner = cells.pairs?.[index]?.[1];
    if (by === 'box' && partner === undefined) {
      // The second layer has none: the cell shows itself.
      layer[index] = own.layer[index]!;
      box[index] = own.box[index]!;
      label[index] = own.label[index]!;
      second[index] = own.second[index]!;
      score[index] = own.score[index]!;
      secondScore[index] = own.secondScore[index]!;
      value[index] = own.value[index]!;
      continue;
    }
    const decision = cells.otherDeciding?.[index]?.[asked];
    const place = by === 'box' ? partner! : placeOfBox(cells, index, decision?.[0] ?? -1, 1);
    if (place < 0) continue;
    const numbers = cells.boxes[index]!;
    const start = place * boxFields;
    const rival = rivalAt(cells, index, place);
    box[index] = numbers[start + boxFields - 1]!;
    label[index] = numbers[start + 1]!;
    score[index] = numbers[start + 2]! < 0 ? null : numbers[start + 2]!;
    second[index] = rival?.label ?? -1;
    secondScore[index] = rival?.score ?? null;
    value[index] = decision?.[1] ?? null;
  }
  return { layer, box, label, second, score, secondScore, value };
}
