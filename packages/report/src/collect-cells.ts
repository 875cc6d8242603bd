import { assertCell, assertReportOptions } from './assert-cell.ts';
import { boxRows } from './layer-boxes.ts';
import type { DecidingBox, ReportBox, ReportCell } from './report-cell.ts';
import type { ReportOptions } from './report-options.ts';
import { notCompared } from './report-data.ts';
import type { CellColumns, DecidingColumns, OtherDeciding, PlacedShape, WordColumn } from './report-data.ts';

type Writable<Columns> = {
  -readonly [Key in keyof Columns]: Columns[Key] extends readonly (infer Item)[] ? Item[] : never;
};

type Seldom =
  | 'whole'
  | 'rivals'
  | 'boxValues'
  | 'partners'
  | 'shapes'
  | 'reason'
  | 'numBoxes'
  | 'folder'
  | 'layer'
  | 'otherDeciding'
  | 'pairs'
  | 'kind'
  | 'annotationId';

/** Those with a list for each of something. */
type Lists = 'values' | 'deciding' | 'columns' | 'words' | 'otherValues';

type CollectedColumns = Omit<Writable<Omit<CellColumns, Seldom>>, Lists> &
  Pick<CellColumns, Lists> & { -readonly [Key in Seldom]?: NonNullable<CellColumns[Key]>[number][] };

/** Gathers cells as the page takes them. */
export interface CellCollector {
  readonly columns: CellColumns;
  /** @param src where the page finds the cell's picture
   * @throws RangeError for a cell that does not fit.
   */
  add(cell: ReportCell, src: string | null): void;
  /** Says where the picture of the cell at a place is. */
  setPicture(place: number, src: string): void;
  /** The same of its whole image. */
  setWhole(place: number, src: string): void;
}

/** @throws RangeError for options that do not fit. */
export function createCellCollector(options: ReportOptions): CellCollector {
  assertReportOptions(options);
  const seen = new Set<string>();
  const values: (number | null)[][] = options.strategies.map(() => []);
  const deciding: Writable<DecidingColumns>[] = [noDeciding()];
  const brought: (number | null)[][] = (options.columns ?? []).map(() => []);
  const words = (options.wordColumns ?? []).map(() => createWordColumn());
  const otherValues: (number | null)[][] = options.strategies.filter(({ compared }) => compared).map(() => []);
  const folders = createWordColumn();
  const columns: CollectedColumns = {
    ...{ id: [], imageId: [], image: [], src: [], width: [], height: [], region: [], boxes: [], values, deciding },
    ...{ folders: folders.column.values, columns: brought, otherValues },
    ...(words.length > 0 && { words: words.map(({ column }) => column) }),
  };
  return {
    columns,
    add(cell, src) {
      assertCell(cell, options, seen);
      const { id, image, width = 0, height = 0, region, boxes = [] } = cell;
      columns.id.push(id);
      columns.imageId.push(cell.imageId ?? null);
      columns.image.push(image);
      columns.src.push(src);
      columns.width.push(width);
      columns.height.push(height);
      columns.region.push(region ? [region.x, region.y, region.width, region.height] : null);
      const rows = boxRows(boxes);
      const drawn = rows.filter(isDrawn);
      columns.boxes.push(drawn.flatMap(boxNumbers));
      const shapes = drawn.flatMap(({ shape }, place): PlacedShape[] => (shape ? [[place, shape]] : []));
      addSeldom(columns, 'rivals', listOf(drawn.map(rivalNumbers)));
      addSeldom(
        columns,
        'boxValues',
        listOf(drawn.map(({ values: own = [] }) => own.map((value) => finite(value, 5)))),
      );
      const lastCompared = drawn.findLastIndex(({ partner }) => partner !== undefined);
      const partners = drawn.slice(0, lastCompared + 1).map(({ partner = notCompared }) => partner);
      addSeldom(columns, 'partners', partners.length === 0 ? null : partners);
      addSeldom(columns, 'shapes', shapes.length === 0 ? null : shapes);
      addSeldom(columns, 'reason', cell.reason ?? null);
      addSeldom(columns, 'numBoxes', cell.numBoxes ?? null);
      addSeldom(columns, 'folder', cell.folder === undefined ? null : folders.place(cell.folder));
      addSeldom(columns, 'layer', cell.layer || null);
      addSeldom(columns, 'otherDeciding', cell.otherDeciding ? otherDeciding(cell.otherDeciding) : null);
      addSeldom(columns, 'pairs', cell.pairs ? drawnPairs(cell.pairs, rows) : null);
      brought.forEach((list, at) => list.push(finite(cell.columns?.[at], 7)));
      words.forEach(({ column, place }, at) => column.places.push(place(cell.words?.[at] ?? null)));
      otherValues.forEach((list, at) => list.push(finite(cell.otherValues?.[at], 9)));
      addSeldom(columns, 'kind', cell.kind ?? null);
      addSeldom(columns, 'annotationId', cell.annotationId ?? null);
      if (cell.deciding) while (deciding.length < values.length) deciding.push(structuredClone(deciding[0]!));
      deciding.forEach((list, strategy) => addDeciding(list, cell.deciding?.[strategy] ?? cell));
      // As exact as the float32 numbers that models give.
      cell.values.forEach((value, strategy) => values[strategy]!.push(finite(value, 9)));
    },
    setPicture(place, src) {
      columns.src[place] = src;
    },
    setWhole(place, src) {
      const wholes = (columns.whole ??= []);
      while (wholes.length < place) wholes.push(null);
      wholes[place] = src;
    },
  };
}

/** Words of cells, each kept once. */
function createWordColumn() {
  const known = new Map<string, number>();
  const column: Writable<WordColumn> = { values: [], places: [] };
  return {
    column,
    place(word: string | null): number | null {
      if (word === null) return null;
      return known.get(word) ?? known.set(word, column.values.push(word) - 1).get(word)!;
    },
  };
}

/** Pairs of boxes that are drawn, as places among these. */
function drawnPairs(pairs: NonNullable<ReportCell['pairs']>, rows: readonly ReportBox[]): number[] {
  const places = new Int32Array(rows.length).fill(-1);
  let count = 0;
  rows.forEach((row, at) => {
    if (isDrawn(row)) places[at] = count++;
  });
  return pairs.flatMap(([first, second]) => {
    const [one, two] = [places[first]!, places[second]!];
    return one < 0 || two < 0 ? [] : [one, two];
  });
}

function otherDeciding(all: NonNullable<ReportCell['otherDeciding']>): OtherDeciding {
  return all.map(({ box = -1, value }) => {
    const own = finite(value, 5);
    return own === null ? [box] : [box, own];
  });
}

function noDeciding(): Writable<DecidingColumns> {
  return { box: [], label: [], second: [], score: [], secondScore: [], value: [] };
}

function addDeciding(columns: Writable<DecidingColumns>, one: DecidingBox): void {
  columns.box.push(one.box ?? -1);
  columns.label.push(one.label ?? -1);
  columns.second.push(one.second ?? -1);
  columns.score.push(finite(one.score, 4));
  columns.secondScore.push(finite(one.secondScore, 4));
  columns.value.push(finite(one.value, 9));
}

/** Pixels outside of every image. */
const far = 1e9;

/** False for an invalid box. */
function isDrawn({ xmin, ymin, xmax, ymax }: ReportBox): boolean {
  return xmin <= xmax && ymin <= ymax;
}

/** What the last cell has of what few cells have; nothing is kept where none has any. */
function addSeldom<Key extends Seldom>(
  columns: CollectedColumns,
  key: Key,
  value: NonNullable<CellColumns[Key]>[number] | null,
): void {
  const seldom: { [Own in Seldom]?: unknown[] } = columns;
  if (value === null && !seldom[key]) return;
  const list: unknown[] = (seldom[key] ??= columns.id.slice(1).map(() => null));
  list.push(value);
}

/** Null for a list of nothing. */
function listOf<Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] | null {
  return lists.some((list) => list.length > 0) ? lists : null;
}

/** Without those of a score that is nothing when it is rounded: only the first may be one. */
function rivalNumbers({ rivals = [] }: ReportBox): number[] {
  return rivals.flatMap(({ label, score }, at) => {
    const rounded = Math.round(score * 1e4) / 1e4;
    return rounded > 0 || (at === 0 && rounded === 0) ? [label, rounded] : [];
  });
}

function boxNumbers({ layer = 0, label = -1, score = NaN, box = -1, ...sides }: ReportBox): number[] {
  const { xmin, ymin, xmax, ymax } = sides;
  return [layer, label, finite(score, 4) ?? -1, ...[xmin, ymin, xmax, ymax].map(tenth), box];
}

/** Of a pixel; JSON knows no infinity. */
function tenth(value: number): number {
  return Math.round(Math.min(far, Math.max(-far, value)) * 10) / 10;
}

/** Null for what is not a number. */
function finite(value: number | undefined, digits: number): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(digits));
}
