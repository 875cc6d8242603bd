import { discardFile, prepareFile, publishFile } from '../files/write-file-durably.ts';
import type { BlockFile } from './block-file.ts';
import type { ArrowColumn } from './image-rows.ts';

/** Arrow's file format, which needs all of it in memory at the end.
 * @param columnsOf the columns of all blocks, by name
 */
export function openArrowBlocks<Block>(
  path: string,
  columnsOf: (blocks: readonly Block[]) => Promise<Readonly<Record<string, ArrowColumn>>>,
  metadata: ReadonlyMap<string, string> = new Map(),
): BlockFile<Block> {
  const blocks: Block[] = [];
  return {
    add(block) {
      blocks.push(block);
      return Promise.resolve();
    },
    async finish() {
      await prepareFile(path, await encode(await columnsOf(blocks), metadata));
      await publishFile(path);
    },
    discard: () => discardFile(path),
  };
}

async function encode(
  columns: Readonly<Record<string, ArrowColumn>>,
  metadata: ReadonlyMap<string, string>,
): Promise<Uint8Array> {
  const { columnFromValues, tableFromColumns, tableToIPC } = await import('@uwdata/flechette');
  const table = tableFromColumns(
    Object.entries(columns).map(([name, [values, type]]) => [name, columnFromValues(values, type)] as const),
  );
  if (metadata.size > 0) Object.assign(table.schema, { metadata });
  return tableToIPC(table, { format: 'file' })!;
}
