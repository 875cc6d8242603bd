import { boxFields } from '../../report-data.ts';
import type { DecidingColumns, ReportData } from '../../report-data.ts';
import { placeOfBox, rivalsAt } from './box-at.ts';

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

/** Stands for the box of a cell that is a box, where the second layer has none. */
const itself = -2;

function ofSecond(data: ReportData, shown: number): ShownBoxes {
  const { cells, by, strategies } = data;
  const own = shownBoxes(data, 0);
  if (by === 'image' && !cells.otherDeciding) return own;
  const asked = shown - strategies.length;
  const decision = (index: number) => cells.otherDeciding?.[index]?.[asked] ?? [-1];
  const places = cells.boxes.map((_, index) =>
    by === 'box' ? (cells.pairs?.[index]?.[1] ?? itself) : placeOfBox(cells, index, decision(index)[0], 1),
  );
  const column = <Item>(ofOwn: readonly Item[], ofNone: Item, of: (place: number, index: number) => Item): Item[] =>
    places.map((place, index) => (place === itself ? ofOwn[index]! : place < 0 ? ofNone : of(place, index)));
  const field = (at: number) => (place: number, index: number) => cells.boxes[index]![place * boxFields + at]!;
  const score = field(2);
  const rival = (place: number, index: number) => rivalsAt(cells, index, place)[0];
  return {
    layer: places.map((place, index) => (place === itself ? own.layer[index]! : 1)),
    box: column(own.box, -1, field(boxFields - 1)),
    label: column(own.label, -1, field(1)),
    second: column(own.second, -1, (place, index) => rival(place, index)?.label ?? -1),
    score: column(own.score, null, (place, index) => (score(place, index) < 0 ? null : score(place, index))),
    secondScore: column(own.secondScore, null, (place, index) => rival(place, index)?.score ?? null),
    value: column<number | null>(own.value, null, (_, index) => decision(index)[1] ?? null),
  };
}
