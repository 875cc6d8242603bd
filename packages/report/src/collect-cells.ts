import { assertCell, assertReportOptions } from './assert-cell.ts';
import { drawnBoxes } from './drawn-boxes.ts';
import { finite } from './finite.ts';
import type { DecidingBox, ReportCell } from './report-cell.ts';
import type { ReportOptions } from './report-options.ts';
import type { CellColumns, DecidingColumns, OtherDeciding } from './report-data.ts';
import { createWordColumn } from './word-column.ts';

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
      const { numbers, rivals, boxValues, partners, shapes, pairs } = drawnBoxes(boxes, cell.pairs);
      columns.boxes.push(numbers);
      addSeldom(columns, 'rivals', rivals);
      addSeldom(columns, 'boxValues', boxValues);
      addSeldom(columns, 'partners', partners);
      addSeldom(columns, 'shapes', shapes);
      addSeldom(columns, 'reason', cell.reason ?? null);
      addSeldom(columns, 'numBoxes', cell.numBoxes ?? null);
      addSeldom(columns, 'folder', cell.folder === undefined ? null : folders.place(cell.folder));
      addSeldom(columns, 'layer', cell.layer || null);
      addSeldom(columns, 'otherDeciding', cell.otherDeciding ? otherDeciding(cell.otherDeciding) : null);
      addSeldom(columns, 'pairs', pairs);
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
