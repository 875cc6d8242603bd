import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { createCellCollector } from './collect-cells.ts';
import { documentTitle } from './page-source.ts';
import type { ReportCell, ReportOptions, Thumbnail } from './report-cell.ts';
import { reportData, reportPage } from './report-page.ts';

/** Pictures in one folder: file systems and file managers dislike many more. */
const perFolder = 1000;
/** Pictures that are written at the same time. */
const atOnce = 32;

const endings: Readonly<Record<Thumbnail['type'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** The picture of the cell at a place. */
export interface PlacedThumbnail {
  readonly place: number;
  readonly thumbnail: Thumbnail;
}

export interface ReportFolderOptions extends ReportOptions {
  /** Pictures as they are made, in any order, each of which is let go of once it is written; those that the cells have when absent. */
  readonly pictures?: AsyncIterable<PlacedThumbnail>;
}

/** What was written. */
export interface ReportFolder {
  /** The page to open. */
  readonly page: string;
  readonly cells: number;
  /** Of the page and its pictures. */
  readonly bytes: number;
}

/** The same page as `createReport`, with its pictures in a folder `thumbnails` beside it, for up to some hundred thousand cells. Both are needed,
 * and may be moved together.
 * @throws RangeError as `createReport`, and for a picture of no cell; QualmError `io`, also where the folder has somebody else's `index.html`.
 * @example await writeReportFolder('report', cells, options) // open report/index.html
 */
export async function writeReportFolder(
  folder: string,
  cells: Iterable<ReportCell>,
  options: ReportFolderOptions,
): Promise<ReportFolder> {
  const collector = createCellCollector(options);
  const own: PlacedThumbnail[] = [];
  for (const cell of cells) {
    if (cell.thumbnail && !options.pictures)
      own.push({ place: collector.columns.id.length, thumbnail: cell.thumbnail });
    collector.add(cell, null);
  }
  const count = collector.columns.id.length;
  const page = join(folder, 'index.html');
  await assertOurs(page);
  const made = new Set<string>();
  const writes: Promise<void>[] = [];
  let bytes = 0;
  for await (const { place, thumbnail } of options.pictures ?? own) {
    if (!(place in collector.columns.id))
      throw new RangeError(`writeReportFolder: a picture of cell ${place}, of ${count}`);
    const part = join(folder, 'thumbnails', String(Math.floor(place / perFolder)));
    const name = `${place}.${endings[thumbnail.type]}`;
    if (made.size !== made.add(part).size) await stored(folder, () => mkdir(part, { recursive: true }));
    const write = stored(folder, () => writeFile(join(part, name), thumbnail.bytes));
    // Told when it is awaited.
    write.catch(() => undefined);
    if (writes.push(write) === atOnce) await Promise.all(writes.splice(0));
    collector.setPicture(place, `thumbnails/${Math.floor(place / perFolder)}/${name}`);
    bytes += thumbnail.bytes.length;
  }
  await Promise.all(writes);
  const html = reportPage(reportData(collector.columns, options, 'folder'), 'folder');
  await stored(folder, () => mkdir(folder, { recursive: true }));
  await stored(folder, () => writeFile(page, html));
  return { page, cells: count, bytes: bytes + Buffer.byteLength(html) };
}

/** A page that is there must be a report. */
async function assertOurs(page: string): Promise<void> {
  const file = await open(page).catch(() => null);
  if (!file) return;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024));
    if (buffer.subarray(0, bytesRead).includes(documentTitle)) return;
  } finally {
    await file.close();
  }
  throw new QualmError('io', `report: "${page}" is there and is no report of ours; name another folder`);
}

async function stored(folder: string, store: () => Promise<unknown>): Promise<void> {
  try {
    await store();
  } catch (cause) {
    const { message } = cause as Error;
    throw new QualmError('io', `report: writing into "${folder}" failed (${message}); check the folder and its disk`, {
      cause,
    });
  }
}
