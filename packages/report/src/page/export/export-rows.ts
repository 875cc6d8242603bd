import { csvField } from '@qualm/types';
import type { DecidingColumns, ReportData } from '../../report-data.ts';
import { marksFormat, noMark } from '../../selection.ts';
import type { Marks } from '../../selection.ts';
import { ownBoxes } from '../cells/own-boxes.ts';
import { isOfSecond } from '../cells/shown-boxes.ts';
import { numbersOf } from '../numbers/numbers-of.ts';

/** Cells as a table: id, image_id, image, of two models whose box it is, which box it is with its
 * label and score, verdict, tags, and what each strategy says, with the box that it says it of
 * where that is another; what it says of the other model, how much that differs, and columns that a
 * list brought along. Of boxes their edges are there too. Fields that a spreadsheet would take for
 * a formula are led by an apostrophe.
 */
export function cellsAsCsv(data: ReportData, indices: readonly number[], marks: Marks): string {
  const { cells, labels, strategies, by } = data;
  const [first, ...others] = cells.deciding as [DecidingColumns, ...DecidingColumns[]];
  const named = strategies.flatMap(({ name }, at) => (others[at - 1] ? [name, `${name}_box_index`] : [name]));
  const edges = by === 'box' ? edgeNames : [];
  const reasons = cells.reason ? ['reason'] : [];
  const annotations = cells.annotationId ? ['ann_id'] : [];
  const whose = cells.layer ? ['model'] : [];
  const further = furtherNumbers(data);
  const wordColumns = (data.wordColumns ?? []).map((name) => `column.${name}`);
  const ids = ['id', 'image_id', 'image', ...whose, 'box_index', ...edges];
  const head = [...ids, 'label', 'score', 'verdict', 'tags', ...named];
  const rows = indices.map((index) => {
    const { verdict, tags } = marks.get(cells.id[index]!) ?? noMark;
    const box = ownBox(data, index);
    const numbers = cells.values.flatMap((values, at) => {
      const other = others[at - 1];
      return other ? [values[index]!, placeOf(other, index)] : [values[index]!];
    });
    return [
      ...[cells.id[index]!, cells.imageId[index]!, cells.image[index]!],
      ...whose.map(() => modelOf(data, index)),
      storedPlace(data, index),
      ...edges.map((name) => box?.[name] ?? null),
      ...[labels[first.label[index]!] ?? '', first.score[index]!, verdict, tags.join(' '), ...numbers],
      ...further.map(({ at }) => at(index)),
      ...wordColumns.map((_, at) => wordAt(data, at, index)),
      ...annotations.map(() => cells.annotationId![index] ?? null),
      ...reasons.map(() => cells.reason![index] ?? ''),
    ];
  });
  const names = [...head, ...further.map(({ name }) => name), ...wordColumns, ...annotations, ...reasons];
  return [names, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** The same for programs: what `qualm serve --marks` begins with, too. */
export function cellsAsJson(data: ReportData, indices: readonly number[], marks: Marks): string {
  const { id: report, title, labels, strategies, cells } = data;
  const first = cells.deciding[0]!;
  const further = furtherNumbers(data);
  const selection = indices.map((index) => {
    const box = ownBox(data, index);
    return {
      ...{ id: cells.id[index]!, image_id: cells.imageId[index]!, image: cells.image[index]! },
      ...(cells.layer && { model: modelOf(data, index) }),
      ...{ box_index: storedPlace(data, index), ...(box && { box }) },
      ...{ label: labels[first.label[index]!] ?? null, score: first.score[index]! },
      ...(marks.get(cells.id[index]!) ?? noMark),
      numbers: Object.fromEntries([
        ...strategies.map(({ name }, at) => [name, cells.values[at]![index]!]),
        ...further.map(({ name, at }) => [name, at(index)]),
      ]),
      ...(data.wordColumns && {
        words: Object.fromEntries(data.wordColumns.map((name, at) => [`column.${name}`, wordAt(data, at, index)])),
      }),
      ...(cells.annotationId?.[index] != null && { ann_id: cells.annotationId[index] }),
      ...(cells.reason?.[index] != null && { reason: cells.reason[index] }),
    };
  });
  return `${JSON.stringify({ ...marksFormat, report, title, selection }, null, 1)}\n`;
}

interface NamedNumber {
  readonly name: string;
  at(index: number): number | null;
}

/** Numbers of the other model, and of a list, by what the address calls them. */
function furtherNumbers(data: ReportData): NamedNumber[] {
  return numbersOf(data)
    .filter(({ key }) => /^(other|difference|column)\./.test(key))
    .map((number) => {
      const values = number.values(0);
      return { name: number.key, at: (index) => (Number.isNaN(values[index]!) ? null : values[index]!) };
    });
}

function wordAt({ cells }: ReportData, column: number, index: number): string | null {
  const { values, places } = cells.words![column]!;
  const place = places[index];
  return place == null ? null : values[place]!;
}

const edgeNames = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** The edges of the box that a cell is; null of an image, and where the page does not have it. */
function ownBox(data: ReportData, index: number): Record<(typeof edgeNames)[number], number> | null {
  const [box] = data.by === 'box' ? ownBoxes(data, index) : [];
  return box ? { xmin: box.xmin, ymin: box.ymin, xmax: box.xmax, ymax: box.ymax } : null;
}

/** Whose box a cell is. */
function modelOf({ layers, cells: { layer } }: ReportData, index: number): string {
  return layers[layer?.[index] ?? 0]!;
}

/** Which of the boxes that are stored of the image a cell is: one that only another model found is
 * none of these.
 */
function storedPlace(data: ReportData, index: number): number | null {
  return isOfSecond(data, index) ? null : placeOf(data.cells.deciding[0]!, index);
}

function placeOf({ box }: DecidingColumns, index: number): number | null {
  return box[index]! < 0 ? null : box[index]!;
}

function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  return csvField(value);
}
