import type { ColumnMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import type { Arena } from './arena.ts';
import { findRuns, indexAt, readRuns } from './read-indexes.ts';

type PageHeader = ReturnType<typeof parquetHeader>;

/** The numbers of a column that are there, one after the other, as they lie in its page. */
export type PlainValues =
  (Values<Float32Array> & { readonly type: 'FLOAT' }) | (Values<Int32Array> & { readonly type: 'INT32' });

interface Values<Numbers> {
  readonly length: number;
  /** The levels that say where they are, as they are stored, and how many there are of each kind.
   */
  readonly levels: { readonly slots: number; readonly repetition: Uint8Array; readonly definition: Uint8Array };
  /** All of them. They share the memory of the page where it allows that. */
  readonly all: () => Numbers;
  /** One of them, without decoding the others. */
  readonly at: (place: number) => number;
}

interface Storage<Numbers> {
  new (length: number): Numbers;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Numbers;
}

/** The values of a column of float32 or int32, without the levels that say where they are. Levels
 * of long lists are most of what a reader decodes, and say nothing where all lists have one
 * length.
 * @param bytes of the column in its file.
 * @param arena where numbers are copied to that cannot be read where they lie; memory of their own
 * where it is null.
 * @returns null where pages are not as qualm writes them: one of version 2, not compressed, plain
 * or by a dictionary.
 */
export function plainValues(
  { codec, type }: ColumnMetaData,
  bytes: Uint8Array,
  arena: Arena | null = null,
): PlainValues | null {
  if (codec !== 'UNCOMPRESSED') return null;
  if (type === 'FLOAT') return typed('FLOAT', readPages<Float32Array>(bytes, Float32Array, arena));
  if (type === 'INT32') return typed('INT32', readPages<Int32Array>(bytes, Int32Array, arena));
  return null;
}

function typed<Type, V>(type: Type, values: V | null): (V & { readonly type: Type }) | null {
  return values && { ...values, type };
}

function readPages<Numbers extends Float32Array | Int32Array>(
  bytes: Uint8Array,
  Storage: Storage<Numbers>,
  arena: Arena | null,
): Values<Numbers> | null {
  const numbersIn = (page: Uint8Array, length: number): Numbers => {
    const { buffer, byteOffset } = page.byteOffset % 4 === 0 ? page : copyOf(page, arena);
    return new Storage(buffer, byteOffset, length);
  };
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let dictionary: Numbers | null = null;
  let values: Values<Numbers> | null = null;
  while (reader.offset < bytes.length) {
    const header = parquetHeader(reader);
    const page = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.dictionary_page_header) {
      dictionary = numbersIn(page, header.dictionary_page_header.num_values);
    } else {
      if (values) return null;
      values = pageValues(page, header, { Storage, numbersIn, dictionary });
      if (!values) return null;
    }
  }
  return values;
}

/** What the values of a page are made with. */
interface Making<Numbers> {
  readonly Storage: Storage<Numbers>;
  /** A view where the bytes lie on a whole number of values, else a copy. */
  readonly numbersIn: (bytes: Uint8Array, length: number) => Numbers;
  readonly dictionary: Numbers | null;
}

function pageValues<Numbers extends Float32Array | Int32Array>(
  page: Uint8Array,
  { data_page_header_v2: header }: PageHeader,
  { Storage, numbersIn, dictionary }: Making<Numbers>,
): Values<Numbers> | null {
  if (!header) return null;
  const afterRepetition = page.subarray(header.repetition_levels_byte_length);
  const content = afterRepetition.subarray(header.definition_levels_byte_length);
  const levels = {
    slots: header.num_values,
    repetition: page.subarray(0, header.repetition_levels_byte_length),
    definition: afterRepetition.subarray(0, header.definition_levels_byte_length),
  };
  const length = header.num_values - header.num_nulls;
  if (header.encoding === 'PLAIN')
    return content.length === 4 * length ? { levels, ...direct(length, () => numbersIn(content, length)) } : null;
  if (header.encoding !== 'RLE_DICTIONARY' || !dictionary) return null;
  return { levels, ...indirect(content, length, { Storage, dictionary }) };
}

function direct<Numbers extends Float32Array | Int32Array>(
  length: number,
  read: () => Numbers,
): Omit<Values<Numbers>, 'levels'> {
  let numbers: Numbers | null = null;
  const all = (): Numbers => (numbers ??= read());
  return { length, all, at: (place) => all()[place]! };
}

function indirect<Numbers extends Float32Array | Int32Array>(
  content: Uint8Array,
  length: number,
  { Storage, dictionary }: { readonly Storage: Storage<Numbers>; readonly dictionary: Numbers },
): Omit<Values<Numbers>, 'levels'> {
  const indexes = findRuns(content.subarray(1), content[0]!, length);
  const valueOf = (index: number): number => {
    if (index < dictionary.length) return dictionary[index]!;
    throw new RangeError(`value ${index} of a dictionary of ${dictionary.length}`);
  };
  const all = (): Numbers => {
    const values = new Storage(length);
    readRuns(indexes, values);
    for (let at = 0; at < length; at++) values[at] = valueOf(values[at]!);
    return values;
  };
  return { length, all, at: (place) => valueOf(indexAt(indexes, place)) };
}

function copyOf(bytes: Uint8Array, arena: Arena | null): Uint8Array {
  const copy = arena?.take(bytes.length) ?? new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}
