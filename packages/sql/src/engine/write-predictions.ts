import type duckdb from '@duckdb/node-bindings';
import { MaskColumn } from '@qualm/types';
import type { BoxShapeArrays } from '@qualm/types';
import type { ImageRows } from './image-rows.ts';
import type { DuckDb } from './load-duckdb.ts';
import { rotatedBoxParts, shapeKinds } from './row-form.ts';
import type { RowForm } from './row-form.ts';

type Bindings = DuckDb['bindings'];

/** Writes the rows of images into the vector of a LIST of structs, a null for each image that has
 * none. Copies flat memory: a value at a time costs more than small models do.
 * @param names of classes by id. */
export function writePredictions(
  { bindings }: Pick<DuckDb, 'bindings'>,
  vector: duckdb.Vector,
  { form, shapes = [] }: RowForm,
  images: readonly (ImageRows | null)[],
  namesOf: (image: number) => ReadonlyMap<number, string>,
): void {
  const counts = images.map((rows) => (rows ? rows.boxes.length / 4 : 0));
  const total = writeEntries(bindings, vector, counts);
  writeValidity(bindings, vector, images);
  const row = bindings.list_vector_get_child(vector);
  const [box, scores, labelIds, label] = [0, 1, 2, 3].map((index) => bindings.struct_vector_get_child(row, index));
  const there = images.filter((rows) => rows !== null);
  writeParts(
    bindings,
    box!,
    there.map(({ boxes }) => boxes),
    4,
    total,
  );
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
  const beside = there.flatMap((rows) => rows.shapes ?? []);
  shapeKinds
    .filter((kind) => shapes.includes(kind))
    .forEach((kind, at) => {
      writeShapes[kind](bindings, bindings.struct_vector_get_child(row, 4 + at), beside, total);
    });
}

/** Writes one kind of what stands beside the boxes of images, one after the other. */
type WriteShapes = (
  bindings: Bindings,
  vector: duckdb.Vector,
  images: readonly BoxShapeArrays[],
  total: number,
) => void;

const writeShapes: Readonly<Record<'mask' | 'keypoints' | 'rotated_box', WriteShapes>> = {
  mask(bindings, vector, images) {
    let at = 0;
    for (const { masks } of images) {
      const column = new MaskColumn(masks!);
      for (let row = 0; row < column.length; row++)
        bindings.vector_assign_string_element(vector, at++, column.textAt(row));
    }
  },
  keypoints(bindings, vector, images) {
    const widths = images.flatMap(({ keypoints }) => {
      const { values, numPoints } = keypoints!;
      return new Array<number>(values.length / (3 * numPoints)).fill(3 * numPoints);
    });
    writeEntries(bindings, vector, widths);
    const cells = bindings.list_vector_get_child(vector);
    let bytes = 0;
    for (const { keypoints } of images) bytes = copyTo(bindings, cells, keypoints!.values, bytes);
  },
  rotated_box(bindings, vector, images, total) {
    const turned = images.map(({ rotatedBoxes }) => rotatedBoxes!);
    writeParts(bindings, vector, turned, rotatedBoxParts.length, total);
  },
};

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

/** Rows of so many numbers as the fields of a struct. */
function writeParts(
  bindings: Bindings,
  vector: duckdb.Vector,
  images: readonly Float32Array[],
  numParts: number,
  total: number,
): void {
  const parts = Array.from({ length: numParts }, () => new Float32Array(total));
  let at = 0;
  for (const values of images)
    for (let row = 0; row < values.length; row += numParts, at++)
      for (let part = 0; part < numParts; part++) parts[part]![at] = values[row + part]!;
  parts.forEach((values, part) => {
    copyTo(bindings, bindings.struct_vector_get_child(vector, part), values);
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
