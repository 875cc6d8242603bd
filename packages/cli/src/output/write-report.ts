import { join } from 'node:path';
import { createReport, writeReportFolder } from '@qualm/report';
import type { PlacedThumbnail, ReportOptions, ReportVectors } from '@qualm/report';
import { createPictureVectors, reportPictures } from '@qualm/selection';
import type { PageCell, ReportContents } from '@qualm/selection';
import { counted } from '@qualm/types';
import type { PlaceCells } from '../input/report-vectors.ts';
import { pictureBudget } from '../options/page-options.ts';
import type { Reporter } from '../terminal/reporter.ts';
import { claimFile, claimFiles, storeFile, storeWith } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';

/** What was written. */
export interface WrittenReport {
  /** What to open. */
  readonly out: string;
  readonly cells: number;
  /** Cells without a picture. */
  readonly missing: number;
  readonly bytes: number;
}

/** How much pictures may take. */
interface PictureBudget {
  /** Megabytes of those at twice the size, which the first cells have. */
  readonly pictureBudget?: number | undefined;
}

/** Pictures that are described at the same time. */
const atOnce = 16;
/** What a page is of, and what that is called. */
export type AskedPage = 'box' | 'image' | 'error';
const things: Readonly<Record<AskedPage, readonly [one: string, several: string]>> = {
  box: ['box', 'boxes'],
  image: ['image', 'images'],
  error: ['likely error', 'likely errors'],
};

/** `1 box`, `12 images`. */
export function thingsWords(by: AskedPage, count: number): string {
  return counted(count, ...things[by]);
}

/** @example withoutPicture(1, ['row', 'rows']) // '1 row has no picture: its image' */
export function withoutPicture(count: number, [one, several]: readonly [one: string, several: string]): string {
  return counted(count, `${one} has no picture: its image`, `${several} have no picture: their images`);
}

/** The page of a report: the file, where the name ends as one does; else in the folder of that
 * name.
 */
function reportPath(out: string): string {
  return /\.html?$/i.test(out) ? out : join(out, 'index.html');
}

/** Says before the work begins that a page could not be written: a file needs its folder, a folder
 * is made.
 * @throws as `claimFile`.
 */
export async function claimPage(out: string, options: OverwriteOptions): Promise<void> {
  const path = reportPath(out);
  await (path === out ? claimFile(path, options) : claimFiles([path], options));
}

/** As many cells as one file opens quickly with. */
const mostInOneFile = 5000;

/** Writes a page, and says what the user should know of it. */
export async function storePage(
  out: string,
  { pageCells: cells, pageOptions, warnings, notes }: Omit<ReportContents, 'cells'>,
  { by, force, pictureBudget: megabytes }: PictureBudget & OverwriteOptions & { readonly by: AskedPage },
  {
    reporter,
    signal,
    place,
  }: { readonly reporter: Reporter; readonly signal: AbortSignal; readonly place?: PlaceCells },
): Promise<WrittenReport> {
  for (const warning of warnings) reporter.warn(warning);
  for (const note of notes) reporter.note(note);
  const written = await writeReport(out, cells, pageOptions, {
    ...{ reporter, signal, force, place },
    pictureBudget: megabytes,
  });
  const { missing, bytes } = written;
  if (missing > 0) reporter.warn(`${withoutPicture(missing, things[by])} cannot be opened any more`);
  if (cells.length > mostInOneFile && written.out === out)
    reporter.warn(`${thingsWords(by, cells.length)} in one file are slow to open; a folder is not: --out report`);
  reporter.note(`${thingsWords(by, cells.length)}, ${(bytes / 1e6).toFixed(1)} MB; open ${written.out}`);
  return written;
}

/** One HTML file where `out` ends in `.html`, else a folder with the page and its pictures. Where
 * `vectors` are not said, they are what the pictures look like. */
export async function writeReport(
  out: string,
  cells: readonly PageCell[],
  options: ReportOptions,
  {
    reporter,
    signal,
    force,
    pictureBudget: megabytes = pictureBudget,
    place = (vectors) => vectors,
  }: PictureBudget &
    OverwriteOptions & {
      readonly reporter: Pick<Reporter, 'progress' | 'settle'>;
      readonly signal: AbortSignal;
      readonly place?: PlaceCells | undefined;
    },
): Promise<WrittenReport> {
  const pictures = reportPictures(cells, {
    signal,
    sharpBytes: megabytes * 1e6,
    wholes: true,
    onProgress: ({ done, total }) => void reporter.progress('report', { done, failed: 0, total }),
  });
  // Where nobody gives vectors, or says that there are to be none.
  const looks = options.vectors === undefined ? createPictureVectors(cells.length) : null;
  const lookedAt = (): ReportVectors | null => {
    const vectors = looks?.vectors() ?? null;
    return vectors && place(vectors);
  };
  const page = looks ? { ...options, vectors: lookedAt } : options;
  let made = 0;
  async function* described(): AsyncGenerator<PlacedThumbnail> {
    const describing: Promise<void>[] = [];
    for await (const picture of pictures) {
      const { isWhole = false } = picture;
      if (!isWhole) made++;
      if (looks && !isWhole && describing.push(looks.add(picture)) >= atOnce) await Promise.all(describing.splice(0));
      yield picture;
    }
    await Promise.all(describing);
    reporter.settle();
  }
  const plain = cells.map(({ cell }) => cell);
  if (reportPath(out) !== out) {
    const { page: path, bytes } = await storeWith(reportPath(out), { force }, () =>
      writeReportFolder(out, plain, { ...page, pictures: described(), overwrite: force === true }),
    );
    return { out: path, cells: cells.length, missing: cells.length - made, bytes };
  }
  for await (const { place, thumbnail, isWhole } of described())
    plain[place] = { ...plain[place]!, [isWhole ? 'whole' : 'thumbnail']: thumbnail };
  const html = createReport(plain, page);
  await storeFile(out, html, { force });
  return { out, cells: cells.length, missing: cells.length - made, bytes: Buffer.byteLength(html) };
}
