import { join } from 'node:path';
import { inChunks } from '../files/in-chunks.ts';
import { lineGroups } from '../files/line-groups.ts';
import { writeFileDurably } from '../files/write-file-durably.ts';
import type { ImageShare } from './image-share.ts';

/** The file of a share that holds, a line for each row, where its image stands in the whole list,
 * from 0.
 */
export const positionsName = '_qualm.positions.jsonl';

export async function writePositions(folder: string, share: ImageShare): Promise<void> {
  await writeFileDurably(join(folder, positionsName), inChunks(linesOf(share.positions())));
}

/** The positions of a share, some thousands at a time; what is no number is NaN.
 * @throws QualmError `io`.
 */
export async function* readPositions(folder: string): AsyncGenerator<number[], void, undefined> {
  for await (const lines of lineGroups(join(folder, positionsName))) yield lines.map(Number);
}

function* linesOf(positions: Iterable<number>): Generator<string, void, undefined> {
  for (const position of positions) yield `${position}\n`;
}
