import { join } from 'node:path';
import { createReport, writeReportFolder } from '@qualm/report';
import type { PlacedThumbnail, ReportOptions } from '@qualm/report';
import { assertNotInterrupted } from '../interrupted.ts';
import type { Reporter } from '../reporter.ts';
import { storeFile, storeWith } from '../own-files.ts';
import type { OverwriteOptions } from '../own-files.ts';
import type { PlannedCell } from './read-report.ts';
import { thumbnailsOf } from './thumbnails.ts';

/** What was written. */
export interface WrittenReport {
  /** What to open. */
  readonly out: string;
  readonly cells: number;
  /** Cells without a picture. */
  readonly missing: number;
  readonly bytes: number;
}

/** The page of a report: the file, where the name ends as one does; else in the folder of that name. */
export function reportPath(out: string): string {
  return /\.html?$/i.test(out) ? out : join(out, 'index.html');
}

/** One HTML file where `out` ends in `.html`, else a folder with the page and its pictures. */
export async function writeReport(
  out: string,
  cells: readonly PlannedCell[],
  options: ReportOptions,
  { reporter, signal, force }: OverwriteOptions & { readonly reporter: Reporter; readonly signal: AbortSignal },
): Promise<WrittenReport> {
  const pictures = picturesOf(cells, { reporter, signal });
  let made = 0;
  async function* counted(): AsyncGenerator<PlacedThumbnail> {
    for await (const picture of pictures) {
      made++;
      yield picture;
    }
  }
  const plain = cells.map(({ cell }) => cell);
  if (reportPath(out) !== out) {
    const { page, bytes } = await storeWith(reportPath(out), { force }, () =>
      writeReportFolder(out, plain, { ...options, pictures: counted(), overwrite: force === true }),
    );
    return { out: page, cells: cells.length, missing: cells.length - made, bytes };
  }
  for await (const { place, thumbnail } of counted()) plain[place] = { ...plain[place]!, thumbnail };
  const html = createReport(plain, options);
  await storeFile(out, html, { force });
  return { out, cells: cells.length, missing: cells.length - made, bytes: Buffer.byteLength(html) };
}

/** The pictures that there are, of images that are decoded once. */
async function* picturesOf(
  cells: readonly PlannedCell[],
  { reporter, signal }: { readonly reporter: Reporter; readonly signal: AbortSignal },
): AsyncGenerator<PlacedThumbnail> {
  const byImage = new Map<string, number[]>();
  cells.forEach(({ uri }, place) => {
    if (uri === null) return;
    const places = byImage.get(uri);
    if (places) places.push(place);
    else byImage.set(uri, [place]);
  });
  let done = 0;
  for (const places of byImage.values()) {
    assertNotInterrupted(signal);
    const ofImage = places.map((place) => cells[place]!);
    const pictures = await thumbnailsOf(ofImage, signal);
    for (const [at, place] of places.entries()) {
      const thumbnail = pictures[at];
      if (thumbnail) yield { place, thumbnail };
    }
    reporter.progress('report', { done: ++done, failed: 0, total: byImage.size });
  }
  reporter.settle();
}
