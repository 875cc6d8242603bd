import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { assertFunctions, assertOptions, assertText, QualmError } from '@qualm/types';
import { answerKind } from '../answers/answer-kind.ts';
import { askedPictures } from '../answers/pictures.ts';
import { assertCells } from '../assert-cell.ts';
import { createCellCollector } from '../collect-cells.ts';
import type { ReportCell } from '../report-cell.ts';
import type { ReportOptions } from '../report-options.ts';
import { reportData, reportPage } from '../report-page.ts';
import { thumbnailAddress } from '../served-thumbnail.ts';
import { withVectors } from '../report-vectors.ts';
import { cachedThumbnails } from './cached-thumbnails.ts';
import type { MakeThumbnail } from './cached-thumbnails.ts';
import { markKind } from '../mark-change.ts';
import { answersForm } from './answers-form.ts';
import { openKeptFile } from './kept-file.ts';
import { marksForm } from './marks-form.ts';
import { createReportApp } from './report-app.ts';
import type { ServedPicture } from './report-app.ts';

export interface ServeReportOptions extends ReportOptions {
  /** The file of the marks: read at the beginning where it is there, written with each mark, and
   * locked until the server is closed.
   */
  readonly marks: string;
  /** The file of the answers to questions, kept alike. Default that of the marks with
   * `.answers.json` for `.json`.
   */
  readonly answers?: string;
  /** Makes the picture of the cell at a place, when a page asks for it; null where there is none.
   * Not asked again while it is in memory. Dense screens and large cells ask for one 2 or 4 times
   * as large as the smallest: it may be smaller, but not of another shape.
   */
  readonly thumbnail: MakeThumbnail;
  /** Opens the whole image of the cell at a place, to be streamed; null where there is none. */
  readonly image: (place: number, signal: AbortSignal) => Promise<ServedPicture | null>;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 32 random bytes. */
  readonly token?: string;
  /** Bytes of pictures that are kept in memory. Default 64 MiB. */
  readonly cacheBytes?: number;
}

export interface ReportServer {
  /** To be opened in a browser; it holds the token. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The page of `createReport` over a server of this machine alone: pictures are made when they are
 * looked at, so a hundred thousand cells open at once; whole images are streamed; marks are kept in
 * a file. It listens on 127.0.0.1, and answers none but those who know the token.
 * @throws RangeError as `createReport`; QualmError `io` for a port that is taken, and a file of
 * marks that cannot be read or that another server has.
 * @example const { url } = await serveReport(cells, { ...options, marks: 'marks.json', thumbnail, image })
 */
export async function serveReport(cells: Iterable<ReportCell>, options: ServeReportOptions): Promise<ReportServer> {
  assertCells(cells);
  assertServed(options);
  const { thumbnail, image, port: wanted = 0 } = options;
  const { token = randomBytes(32).toString('base64url'), cacheBytes = 64 * 2 ** 20 } = options;
  if (!(Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535))
    throw new RangeError(`serveReport: port is ${String(wanted)}; expected a whole number from 0 to 65535`);
  const collector = createCellCollector(options);
  for (const cell of cells) collector.add(cell, thumbnailAddress(collector.columns.id.length));
  const data = withVectors(reportData(collector.columns, options, 'server'), options.vectors);
  const known = new Set(data.cells.id);
  const pictures = askedPictures(data);
  const isAsked = (key: string): boolean => pictures.find(key) !== undefined;
  const { marks: marksPath, answers: answersPath = besideMarks(marksPath) } = options;
  const marks = await openKeptFile(marksPath, markKind, marksForm(data), (id) => known.has(id));
  const answers = await openKeptFile(answersPath, answerKind, answersForm(data, pictures), isAsked).catch(
    async (error: unknown) => {
      await marks.close();
      throw error;
    },
  );
  const close = (): Promise<unknown> => Promise.all([marks.close(), answers.close()]);
  const html = reportPage(data, 'server');
  const server = createServer();
  await listen(server, wanted).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const app = createReportApp({
    ...{ html, count: data.cells.id.length, token, hosts, kept: [marks, answers], image },
    thumbnail: cachedThumbnails(thumbnail, cacheBytes),
  });
  const answer = getRequestListener(app.fetch);
  server.on('request', (request, response) => void answer(request, response));
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await close();
    },
  };
}

function assertServed(options: ServeReportOptions): void {
  const example = "{ ...options, marks: 'marks.json', thumbnail, image }";
  assertOptions('serveReport', options, example);
  assertText('serveReport', 'marks', options.marks, "a path, such as 'marks.json'");
  const wanted = 'functions thumbnail and image: (place) => Promise';
  assertFunctions('serveReport', 'its options', options, ['thumbnail', 'image'], wanted);
  if (options.answers !== undefined)
    assertText('serveReport', 'answers', options.answers, "a path, such as 'answers.json'");
  if (options.token !== undefined) assertText('serveReport', 'token', options.token);
}

/** `marks.json` has `marks.answers.json` beside it. */
function besideMarks(marks: string): string {
  return `${marks.replace(/\.json$/i, '')}.answers.json`;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const advice =
        cause.code === 'EADDRINUSE' ? 'the port is in use: choose another, or 0 for any' : 'name another port';
      reject(new QualmError('io', `serve: cannot listen on port ${port} (${cause.message}); ${advice}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
