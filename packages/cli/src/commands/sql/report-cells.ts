import { resolve } from 'node:path';
import { cellIds } from '@qualm/selection';
import type { Cell, CellBox, CellKind } from '@qualm/selection';
import type { SqlValue } from '@qualm/sql';
import { Box2d, Image, QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import { imageMetadata } from '@qualm/vision';
import { isUri } from '../../input/is-uri.ts';
import type { ClassNames } from './class-names.ts';
import type { MeasuredColumn, ReportColumns } from './report-columns.ts';
import type { SqlRow } from './row-writers.ts';

type Struct = Readonly<Record<string, SqlValue>>;
type RowBox = Omit<CellBox, 'id' | 'place' | 'values'>;

/** A cell for each row: its box, or its image with the boxes of its list. The first number of a
 * cell is that of its row, then come the columns that are measured.
 */
export async function reportCells(
  rows: readonly SqlRow[],
  columns: ReportColumns,
  measured: readonly MeasuredColumn[],
  names: ClassNames,
  cwd: string,
): Promise<{ readonly cells: readonly Cell[]; readonly by: CellKind }> {
  const by = columns.found === null || columns.found.kind === 'detections' ? 'image' : 'box';
  const sizes = new Map<string, Promise<Size | null>>();
  const taken = new Map<string, number>();
  const cells: Cell[] = [];
  for (const [at, row] of rows.entries()) {
    const uri = uriOf(row[columns.image]!, cwd);
    const imageId = idOf(columns.imageId === null ? null : row[columns.imageId]!) ?? uri ?? at + 1;
    const found = detectionsOf(row, columns).flatMap((detection) => boxOf(detection, names));
    const ids = cellIds(imageId, found);
    const values = [at + 1, ...measured.map((column) => numberOf(row[column.at]!))];
    // The numbers of a row that is an image are not those of its boxes.
    const own = by === 'box' ? values : [];
    const boxes = found.map((box, place): CellBox => ({ ...box, id: ids.boxes[place]!, place, values: own }));
    const box = by === 'box' ? (boxes[0] ?? null) : null;
    const id = once(box?.id ?? ids.image, taken);
    const size = sizeIn(row, columns) ?? (await sizeOf(uri, sizes));
    const image = {
      ...{ id: ids.image, image_id: imageId, uri, boxes, layers: [] },
      nameOf: (label: number): string => names.get(label) ?? String(label),
      ...{ width: size?.width ?? null, height: size?.height ?? null },
    };
    cells.push({ id, image, box, values, deciding: [], reason: null });
  }
  return { cells, by };
}

function once(id: string, taken: Map<string, number>): string {
  const count = (taken.get(id) ?? 0) + 1;
  taken.set(id, count);
  return count === 1 ? id : `${id}~${count}`;
}

function uriOf(value: SqlValue, cwd: string): string | null {
  const { uri = value, data = null } = isStruct(value) ? value : {};
  if (typeof uri === 'string') return isUri(uri) ? uri : resolve(cwd, uri);
  return data instanceof Uint8Array ? `data:;base64,${Buffer.from(data).toString('base64')}` : null;
}

function idOf(value: SqlValue): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'bigint' ? String(value) : null;
}

/** As many classes of a box are shown. */
const mostClasses = 5;

/** The classes in rows, by id: all that are shown, and those that come with their names. */
export function classesIn(
  rows: readonly SqlRow[],
  columns: ReportColumns,
): { readonly ids: readonly number[]; readonly seen: readonly (readonly [id: number, name: string])[] } {
  const ids = new Set<number>();
  const seen = new Map<string, readonly [number, string]>();
  for (const { label = null, label_ids } of rows.flatMap((row) => detectionsOf(row, columns))) {
    const shown = idsOf(label_ids).subarray(0, mostClasses);
    const [best] = shown;
    if (best !== undefined && typeof label === 'string') seen.set(`${best} ${label}`, [best, label]);
    for (const id of shown) ids.add(id);
  }
  return { ids: [...ids], seen: [...seen.values()] };
}

function idsOf(list: SqlValue | undefined): Int32Array {
  return Int32Array.from((list ?? []) as ArrayLike<number>);
}

function detectionsOf(row: SqlRow, { found, label, score }: ReportColumns): Struct[] {
  if (!found) return [];
  const value = row[found.at]!;
  if (found.kind === 'detections') return Array.isArray(value) ? (value as SqlValue[]).filter(isStruct) : [];
  if (found.kind === 'detection') return isStruct(value) ? [value] : [];
  const ofRow = { label: label === null ? null : row[label]!, score: score === null ? null : row[score]! };
  return [{ box: value, ...ofRow }];
}

/** The box of a detection, with its best class and its second; nothing for an invalid box. */
function boxOf(
  { box = null, label = null, score = null, scores = null, label_ids }: Struct,
  names: ClassNames,
): RowBox[] {
  if (!isStruct(box)) return [];
  const edges = (['xmin', 'ymin', 'xmax', 'ymax'] as const).map((edge) => numberOf(box[edge] ?? null));
  const [xmin = NaN, ymin = NaN, xmax = NaN, ymax = NaN] = edges;
  if (!(xmin >= 0 && ymin >= 0 && xmax >= xmin && ymax >= ymin && xmax < Infinity && ymax < Infinity)) return [];
  const all = Array.from((scores ?? []) as ArrayLike<number>);
  const labelIds = idsOf(label_ids);
  const [, second] = labelIds;
  return [
    {
      box: new Box2d(xmin, ymin, xmax, ymax),
      label: typeof label === 'string' ? label : null,
      score: score === null ? (all[0] ?? 0) : numberOf(score),
      second: second === undefined ? null : (names.get(second) ?? String(second)),
      secondScore: all[1] ?? null,
      ...{ scores: Float32Array.from(all), labelIds },
    },
  ];
}

function sizeIn(row: SqlRow, { width, height }: ReportColumns): Size | null {
  if (width === null || height === null) return null;
  const size = { width: numberOf(row[width]!), height: numberOf(row[height]!) };
  return size.width > 0 && size.height > 0 ? size : null;
}

/** The size of an image, which is opened once; null where it cannot be. */
async function sizeOf(uri: string | null, known: Map<string, Promise<Size | null>>): Promise<Size | null> {
  if (uri === null) return null;
  const reading = known.get(uri) ?? readSize(uri);
  known.set(uri, reading);
  return reading;
}

async function readSize(uri: string): Promise<Size | null> {
  try {
    const { width, height } = await imageMetadata(Image.fromUri(uri));
    return { width, height };
  } catch (error) {
    if (QualmError.is(error)) return null;
    throw error;
  }
}

function isStruct(value: SqlValue): value is Struct {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function numberOf(value: SqlValue): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
}
