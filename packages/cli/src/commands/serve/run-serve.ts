import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serveReport } from '@qualm/report/serve';
import type { ServedPicture } from '@qualm/report/serve';
import { thumbnailsOf } from '@qualm/selection';
import type { PageCell } from '@qualm/selection';
import { lookedAtVectors, placerOf, storedCellVectors } from '../../input/report-vectors.ts';
import type { MapLayout } from '../../input/report-vectors.ts';
import { thingsWords } from '../../output/write-report.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { reportContents } from '../report/report-contents.ts';
import type { AskedReport } from '../report/report-contents.ts';

/** What `qualm serve` was asked for. */
export interface ServeCommandOptions extends AskedReport {
  readonly marks: string;
  readonly answers?: string | undefined;
  readonly port: number;
  /** A Parquet file of vectors, `pictures` or `none`. */
  readonly embeddings: string;
  readonly map: MapLayout;
  readonly json?: true | undefined;
}

/** Images that browsers show. */
const types: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
};

/** Serves the report of stored predictions until it is interrupted. */
export async function runServe(options: ServeCommandOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { signal } = terminal;
  const { pageCells: cells, pageOptions, warnings, notes } = await reportContents(options, terminal);
  for (const warning of warnings) reporter.warn(warning);
  for (const note of notes) reporter.note(note);
  const stored = await storedCellVectors(options, cells, terminal, reporter);
  const vectors = stored === undefined ? await lookedAtVectors(cells, terminal, reporter) : stored;
  const place = await placerOf(options.map, reporter);
  const server = await serveReport(
    cells.map(({ cell }) => cell),
    {
      ...{ ...pageOptions, vectors: vectors && place(vectors) },
      marks: options.marks,
      ...(options.answers !== undefined && { answers: options.answers }),
      port: options.port,
      thumbnail: async (place, stop, times) =>
        (await thumbnailsOf([cells[place]!], { times, signal: stop }))[0] ?? null,
      image: (place) => openImage(cells[place]!),
    },
  );
  try {
    reporter.note(
      `${thingsWords(options.by, cells.length)}; marks go to ${options.marks}; Ctrl-C ends it. Open\n\n  ${server.url}\n`,
    );
    await reporter.result({ url: server.url, port: server.port, cells: cells.length, marks: options.marks });
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  } finally {
    await server.close();
  }
}

/** The file of an image, as it is; others than browsers show go without. */
async function openImage({ uri }: PageCell): Promise<ServedPicture | null> {
  if (uri === null) return null;
  const path = /^file:/i.test(uri) ? fileURLToPath(uri) : uri;
  const type = types[extname(path).toLowerCase()];
  const found = await stat(path).catch(() => null);
  if (type === undefined || !found?.isFile()) return null;
  return { type, body: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array> };
}
