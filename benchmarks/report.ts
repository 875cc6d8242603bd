import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../integration/src/browser.ts';
import { measurePage, ofPlain } from './page-speed.ts';
import type { PageSpeed } from './page-speed.ts';
import { few, many, pagesIn, writeReportPages } from './report-pages.ts';
import { spreadOf } from './spread-of.ts';
import type { Spread } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* The report in Chromium, without a GPU: 5,000 cells in one file and 100,000 in a folder, with
 * crops of photographs. Time to the first picture, frames that reach the screen while it is
 * scrolled (by the browser's own trace), and memory; beside a plain page of
 * `<img loading="lazy">` over the same files. The floor of frames is the screen's 60 a second.
 *
 * `--write FOLDER` writes the pages and keeps them; `--turns BEFORE --turns AFTER` measures pages
 * that two versions wrote so, in turns. */

const { write, turns, rounds } = parseArgs({
  options: {
    write: { type: 'string' },
    turns: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '5' },
  },
}).values;

if (write) await writeReportPages(write);
else if (turns) await compare(turns);
else await measureAll();

async function measureAll(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'qualm-report-benchmark-'));
  try {
    const { fileBytes, folderBytes, writeMs, ...pages } = await writeReportPages(scratch);
    const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
    const results = {
      file: { cells: few, ...(await measurePage(pages.file)), megabytes: megabytes(fileBytes) },
      folder: { cells: many, ...(await measurePage(pages.page)), megabytes: megabytes(folderBytes), writeMs },
      plain: { cells: many, ...(await measurePage(pages.plain, ofPlain)), megabytes: megabytes(folderBytes) },
    };
    for (const [name, { cells, firstPictureMs, wheelFps, flingFps, residentMb }] of Object.entries(results))
      console.log(
        `${name.padEnd(7)} ${cells} cells: first picture ${firstPictureMs} ms, wheel ${wheelFps} and fling ${flingFps} frames/s, ${residentMb} MB resident`,
      );
    const { folder: ours, plain: theirs } = results;
    console.log(
      `folder against plain: first picture ${(theirs.firstPictureMs / ours.firstPictureMs).toFixed(1)} times as fast, memory ${(ours.residentMb / theirs.residentMb).toFixed(2)} of it, fling ${(ours.flingFps / theirs.flingFps).toFixed(1)} times the frames`,
    );
    writeResult('report', { chromium: await browserVersion() }, { results });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Pages in folders, in turns. */
async function compare(folders: readonly string[]): Promise<void> {
  const taken = folders.map(() => ({ file: [] as PageSpeed[], folder: [] as PageSpeed[] }));
  for (let round = 0; round < Number(rounds); round++)
    // Each is first as often as the other.
    for (const at of round % 2 === 0 ? folders.keys() : [...folders.keys()].toReversed()) {
      const { file, page } = pagesIn(folders[at]!);
      taken[at]!.file.push(await measurePage(file));
      taken[at]!.folder.push(await measurePage(page));
    }
  const results = taken.map(({ file, folder }) => ({ file: spreads(file), folder: spreads(folder) }));
  for (const kind of ['file', 'folder'] as const)
    for (const measure of ['firstPictureMs', 'wheelFps', 'flingFps', 'residentMb'] as const)
      console.log(
        `${kind.padEnd(7)}${measure.padEnd(15)} ${results.map((one) => words(one[kind][measure])).join(' against ')}`,
      );
  writeResult(
    'report-turns',
    { chromium: await browserVersion() },
    { rounds: Number(rounds), before: results[0], after: results[1] },
  );
}

function words({ least, median, most }: Spread): string {
  return `${median} (${least} to ${most})`;
}

type Spreads = Readonly<Record<keyof PageSpeed, Spread>>;

function spreads(speeds: readonly PageSpeed[]): Spreads {
  const keys = Object.keys(speeds[0]!) as (keyof PageSpeed)[];
  return Object.fromEntries(keys.map((key) => [key, spreadOf(speeds.map((speed) => speed[key]))])) as Spreads;
}

async function browserVersion(): Promise<string> {
  const browser = await launchBrowser();
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}
