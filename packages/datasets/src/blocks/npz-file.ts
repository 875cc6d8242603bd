import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { discardFile, prepareFile, publishFile, temporarySuffix } from '../files/write-file-durably.ts';
import type { BlockFile } from './block-file.ts';
import { npyHeader } from './npy.ts';
import type { NpyType } from './npy.ts';

/** An array whose values wait on the disk until their number is known. */
export interface SpooledArray<Block> {
  readonly type: NpyType;
  /** Of an array with two dimensions; null of one with one. */
  readonly columns: number | null;
  valuesOf(block: Block): ArrayBufferView & { readonly length: number };
}

/** Arrays for `numpy.load`, not compressed: floats hardly shrink.
 * @param rest further arrays, as whole `.npy` files, by name; asked for at the end.
 */
export function openNpzFile<Block>(
  path: string,
  arrays: Readonly<Record<string, SpooledArray<Block>>>,
  rest: () => Readonly<Record<string, Uint8Array>>,
): BlockFile<Block> {
  const spools = Object.entries(arrays).map(([name, array]) => {
    return { ...array, name, path: `${path}.${name}${temporarySuffix}` };
  });
  const lengths = spools.map(() => 0);
  let files: FileHandle[] = [];

  const closeAll = async (): Promise<void> => {
    await Promise.all(files.map((file) => file.close()));
    files = [];
  };
  const removeAll = async (): Promise<void> => {
    await closeAll();
    await Promise.all(spools.map((spool) => rm(spool.path, { force: true })));
  };

  return {
    async add(block) {
      if (files.length === 0) for (const spool of spools) files.push(await open(spool.path, 'w'));
      for (const [at, spool] of spools.entries()) {
        const values = spool.valuesOf(block);
        lengths[at]! += values.length;
        await files[at]!.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
    },
    async finish() {
      await closeAll();
      const { ZipFile } = (await import('yazl')).default;
      const zip = new ZipFile();
      // A fixed date, so that the same rows are the same bytes.
      const entry = { compress: false, mtime: new Date(1980, 0, 1), mode: 0o100644 };
      for (const [at, { name, path: values, type, columns }] of spools.entries()) {
        const length = lengths[at]!;
        const shape = columns === null ? [length] : [columns === 0 ? 0 : length / columns, columns];
        const header = npyHeader(type, shape);
        zip.addReadStreamLazy(`${name}.npy`, entry, (ready) => ready(null, asStream(header, values)));
      }
      for (const [name, bytes] of Object.entries(rest())) zip.addBuffer(Buffer.from(bytes), `${name}.npy`, entry);
      zip.end();
      await prepareFile(path, zip.outputStream as AsyncIterable<Uint8Array>);
      await publishFile(path);
      await removeAll();
    },
    async discard() {
      await removeAll();
      await discardFile(path);
    },
  };
}

async function* withHeader(header: Uint8Array, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield header;
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

function asStream(header: Uint8Array, path: string): Readable {
  return Readable.from(withHeader(header, path), { objectMode: false });
}
