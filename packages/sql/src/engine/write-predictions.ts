import type duckdb from '@duckdb/node-bindings';
import type { OutputForm } from '@qualm/types';
import type { ImageRows } from './image-rows.ts';
import type { DuckDb } from './load-duckdb.ts';

type Bindings = DuckDb['bindings'];

/** Writes the rows of images into the vector of a LIST of structs, a null for each image that has
 * none. Copies flat memory: a value at a time costs more than small models do.
 * @param names of classes by id. */
export function writePredictions(
  { bindings }: Pick<DuckDb, 'bindings'>,
  vector: duckdb.Vector,
  form: OutputForm,
  images: readonly (ImageRows | null)[],
  namesOf: (image: number) => ReadonlyMap<number, string>,
): void {
  const counts = images.map((rows) => (rows ? rows.boxes.length / 4 : 0));
  const total = writeEntries(bindings, vector, counts);
  writeValidity(bindings, vector, images);
  const row = bindings.list_vector_get_child(vector);
  const [box, scores, labelIds, label] = [0, 1, 2, 3].map((index) => bindings.struct_vector_get_child(row, index));
  const there = images.filter((rows) => rows !== null);
  writeBoxes(bindings, box!, there, total);
  let [scoreCells, idCells] = [scores!, labelIds!];
  if (form === 'class_scores') {
    const widths = there.flatMap((rows) => new Array<number>(rows.boxes.length / 4).fill(rows.numClasses));
    for (const list of [scores!, labelIds!]) writeEntries(bindings, list, widths);
    [scoreCells, idCells] = [bindings.list_vector_get_child(scores!), bindings.list_vector_get_child(labelIds!)];
  }
  let [scoreBytes, idBytes] = [0, 0];
  for (const rows of there) {
    scoreBytes = copyTo(bindings, scoreCells, rows.scores, scoreBytes);
    idBytes = copyTo(bindings, idCells, rows.labelIds, idBytes);
  }
  writeLabels(bindings, label!, images, namesOf, total);
}

/** Offset and length of each list, and room for all cells. */
function writeEntries(bindings: Bindings, vector: duckdb.Vector, lengths: readonly number[]): number {
  const entries = new BigUint64Array(2 * lengths.length);
  let total = 0;
  lengths.forEach((length, row) => {
    entries[2 * row] = BigInt(total);
    entries[2 * row + 1] = BigInt(length);
    total += length;
  });
  bindings.list_vector_reserve(vector, total);
  bindings.list_vector_set_size(vector, total);
  copyTo(bindings, vector, entries);
  return total;
}

function writeValidity(bindings: Bindings, vector: duckdb.Vector, rows: readonly unknown[]): void {
  if (!rows.includes(null)) return;
  const bits = new BigUint64Array(Math.ceil(rows.length / 64));
  rows.forEach((row, index) => {
    if (row !== null) bits[index >> 6]! |= 1n << BigInt(index & 63);
  });
  bindings.vector_ensure_validity_writable(vector);
  bindings.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.byteLength);
}

function writeBoxes(bindings: Bindings, vector: duckdb.Vector, images: readonly ImageRows[], total: number): void {
  const edges = Array.from({ length: 4 }, () => new Float32Array(total));
  let at = 0;
  for (const { boxes } of images)
    for (let row = 0; row < boxes.length; row += 4, at++)
      for (let edge = 0; edge < 4; edge++) edges[edge]![at] = boxes[row + edge]!;
  edges.forEach((values, edge) => {
    copyTo(bindings, bindings.struct_vector_get_child(vector, edge), values);
  });
}

/** The name of each box's best class. */
function writeLabels(
  bindings: Bindings,
  vector: duckdb.Vector,
  images: readonly (ImageRows | null)[],
  namesOf: (image: number) => ReadonlyMap<number, string>,
  total: number,
): void {
  const isNamed = new Array<boolean | null>(total).fill(null);
  let at = 0;
  images.forEach((rows, image) => {
    if (!rows) return;
    const names = namesOf(image);
    const width = Math.max(rows.numClasses, 1);
    for (let box = 0; box < rows.boxes.length / 4; box++, at++) {
      const name = names.get(rows.labelIds[box * width]!);
      if (name === undefined) continue;
      bindings.vector_assign_string_element(vector, at, name);
      isNamed[at] = true;
    }
  });
  writeValidity(bindings, vector, isNamed);
}

/** @param from byte of the vector where the values go. @returns the byte after them. */
function copyTo(
  bindings: Bindings,
  vector: duckdb.Vector,
  values: Float32Array | Int32Array | BigUint64Array,
  from = 0,
): number {
  const { buffer, byteOffset, byteLength } = values;
  if (byteLength > 0) bindings.copy_data_to_vector(vector, from, buffer as ArrayBuffer, byteOffset, byteLength);
  return from + byteLength;
}
