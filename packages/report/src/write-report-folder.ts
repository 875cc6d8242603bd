import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertIterable, assertText, QualmError } from '@qualm/types';
import { assertCells } from './assert-cell.ts';
import { createCellCollector } from './collect-cells.ts';
import { documentTitle } from './page-source.ts';
import type { ReportCell, Thumbnail } from './report-cell.ts';
import type { ReportOptions } from './report-options.ts';
import { reportData, reportPage } from './report-page.ts';
import { withVectors } from './report-vectors.ts';
import { writeWhole } from './write-whole.ts';

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
  /** Whether it is the whole image of a cell that shows a part. Default false. */
  readonly isWhole?: boolean;
}

export interface ReportFolderOptions extends ReportOptions {
  /** Pictures as they are made, in any order, each of which is let go of once it is written; those
   * that the cells have when absent.
   */
  readonly pictures?: AsyncIterable<PlacedThumbnail>;
  /** Writes over an `index.html` that is not a report. Default false. */
  readonly overwrite?: boolean;
}

/** What was written. */
export interface ReportFolder {
  /** The page to open. */
  readonly page: string;
  readonly cells: number;
  /** Of the page and its pictures. */
  readonly bytes: number;
}

/** The same page as `createReport`, with its pictures in a folder `thumbnails` beside it, for up to
 * some hundred thousand cells. Both are needed, and may be moved together. A report that was there
 * stays whole until the new one is, and is gone then.
 * @throws RangeError as `createReport`, and for a picture of no cell; QualmError `io`, also where
 * the folder has somebody else's `index.html`.
 * @example await writeReportFolder('report', cells, options) // open report/index.html
 */
export async function writeReportFolder(
  folder: string,
  cells: Iterable<ReportCell>,
  options: ReportFolderOptions,
): Promise<ReportFolder> {
  assertText('writeReportFolder', 'its folder', folder, "a path, such as 'report'");
  assertCells(cells);
  const collector = createCellCollector(options);
  const own: PlacedThumbnail[] = [];
  for (const cell of cells) {
    collector.add(cell, null);
    const place = collector.columns.id.length - 1;
    if (cell.thumbnail && !options.pictures) own.push({ place, thumbnail: cell.thumbnail });
    if (cell.whole && !options.pictures) own.push({ place, thumbnail: cell.whole, isWhole: true });
  }
  assertPictures(options.pictures);
  const count = collector.columns.id.length;
  const page = join(folder, 'index.html');
  const isThere = await holdsReport(page, options.overwrite === true);
  const data = reportData(collector.columns, options, 'folder');
  const pictures = join(folder, 'thumbnails', data.id);
  const made = new Set<string>();
  const writes: Promise<void>[] = [];
  let bytes = 0;
  for await (const { place, thumbnail, isWhole = false } of options.pictures ?? own) {
    if (!(place in collector.columns.id))
      throw new RangeError(`writeReportFolder: a picture of cell ${place}, of ${count}`);
    const part = String(Math.floor(place / perFolder));
    const name = `${place}${isWhole ? '-whole' : ''}.${endings[thumbnail.type]}`;
    if (made.size !== made.add(part).size) await stored(folder, () => mkdir(join(pictures, part), { recursive: true }));
    const write = stored(folder, () => storePicture(join(pictures, part, name), thumbnail.bytes));
    // Told when it is awaited.
    write.catch(() => undefined);
    if (writes.push(write) === atOnce) await Promise.all(writes.splice(0));
    const src = `${part}/${name}`;
    if (isWhole) collector.setWhole(place, src);
    else collector.setPicture(place, src);
    bytes += thumbnail.bytes.length;
  }
  await Promise.all(writes);
  const html = reportPage(withVectors(data, options.vectors), 'folder');
  await stored(folder, () => mkdir(folder, { recursive: true }));
  await stored(folder, () => writeWhole(page, html));
  if (isThere) await stored(folder, () => removeEarlier(dirname(pictures), data.id));
  return { page, cells: count, bytes: bytes + Buffer.byteLength(html) };
}

function assertPictures(value: unknown): void {
  if (value === undefined) return;
  const wanted = 'pictures one after the other: { place, thumbnail }';
  assertIterable('writeReportFolder', 'pictures', value, wanted, 'any');
}

/** A hundred thousand of them need not each be on the disk before the next; the page, which is
 * written after them, is.
 */
async function storePicture(path: string, bytes: Uint8Array): Promise<void> {
  await writeWhole(path, bytes, { sync: false });
}

/** Pictures of an earlier report of ours. */
async function removeEarlier(pictures: string, id: string): Promise<void> {
  const names = await readdir(pictures).catch(() => []);
  for (const name of names)
    if (name !== id && /^([0-9a-f]{16}|\d+)$/.test(name))
      await rm(join(pictures, name), { recursive: true, force: true });
}

/** True where the page is there. It must be a report then. */
async function holdsReport(page: string, mayBeOther: boolean): Promise<boolean> {
  const file = await open(page).catch(() => null);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024));
    if (buffer.subarray(0, bytesRead).includes(documentTitle)) return true;
  } finally {
    await file.close();
  }
  if (mayBeOther) return false;
  throw new QualmError('io', `report: "${page}" exists and is not a report of qualm; name another folder`);
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
