import { dirname, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { cocoSizes, openFolder, openImages, openImageStream, readCoco, shareOf } from '@qualm/datasets';
import { counted, maskUri, QualmError } from '@qualm/types';
import type { PassedOver, Shared, ShareNumber } from '@qualm/datasets';
import type { ImageRecord, ImageSource, ImageStream, OpenUri, Size } from '@qualm/types';
import { imageExtensions } from '@qualm/vision';
import { UsageError } from '../terminal/exit-code.ts';
import { assertRemoteOptions, openerFor, s3Options } from './open-remote.ts';
import type { RemoteOptions } from './open-remote.ts';
import { passedOverLine } from './passed-over-line.ts';
import { readLines } from './read-lines.ts';
import type { Reporter } from '../terminal/reporter.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ImageOptions extends RemoteOptions {
  readonly images?: readonly string[] | undefined;
  readonly coco?: string | undefined;
  readonly limit?: number | undefined;
  /** Which share of the images; all when absent. */
  readonly shard?: ShareNumber | undefined;
  readonly followLinks?: true | undefined;
  /** Opens images of other machines, in the place of ours. */
  readonly open?: OpenUri | undefined;
}

/** What is known of images beside them. */
interface SourceNotes {
  readonly passedOver: readonly PassedOver[];
  /** Of labelled images the size that their labels were drawn on, by id. */
  readonly labelledSizes: ReadonlyMap<string, Size>;
}

/** Images, the files beside them that were left out, and what opens those of other machines. */
export type OpenedSource = ImageSource & SourceNotes & Partial<Shared> & { readonly open: OpenUri };

/** The images that the user points at: a folder, here or in S3, files, paths and URIs on stdin as
 * they come, or a COCO file with a folder.
 * @throws UsageError when nothing is named; QualmError `dataset-invalid` or `io` when it cannot be
 * read or is empty.
 */
export async function openSource(
  options: ImageOptions,
  terminal: Pick<Terminal, 'cwd' | 'stdin' | 'signal' | 'env'>,
  reporter: Reporter,
): Promise<OpenedSource> {
  const { images = [], coco, limit, shard, followLinks = false } = options;
  await assertRemoteOptions(options, terminal);
  const source: ImageSource & Partial<SourceNotes> =
    coco === undefined
      ? await openPaths(images, options, terminal)
      : await openCoco(coco, images, followLinks, terminal.cwd, reporter);
  const { passedOver = [], labelledSizes = new Map() } = source;
  if (source.length === 0) {
    const where = [...images.map(maskUri), ...(coco === undefined ? [] : [coco])].join(' ');
    throw new QualmError(
      'dataset-invalid',
      `images: there is none in "${where}"; ${passedOverLine(passedOver) ?? "check the path and the files' endings"}`,
    );
  }
  const told = passedOverLine(passedOver);
  if (told !== null) reporter.warn(told);
  const listed = limit === undefined ? source : firstImages(source, limit);
  const open = options.open ?? openerFor(options, images, terminal);
  return Object.assign(shard ? shareOf(listed, shard) : listed, { passedOver, labelledSizes, open });
}

async function openCoco(
  coco: string,
  images: readonly string[],
  followLinks: boolean,
  cwd: string,
  reporter: Reporter,
): Promise<ImageSource & Partial<SourceNotes>> {
  if (images.length > 1) throw new UsageError('--coco: expected one folder in --images, for the images that it names');
  const file = resolve(cwd, coco);
  const folder = images[0] === undefined ? dirname(file) : resolve(cwd, images[0]);
  const dataset = await readCoco(file, { images: folder, segmentations: 'drop', followLinks });
  const { source, columns, problems, problemCount } = dataset;
  for (const problem of problems.slice(0, 10)) reporter.warn(problem.message);
  if (problemCount > 10) reporter.warn(`${counted(problemCount - 10, 'more problem')} in ${file}`);
  return Object.assign(source, { labelledSizes: cocoSizes(columns) });
}

async function openPaths(
  paths: readonly string[],
  { followLinks, limit }: ImageOptions,
  terminal: Pick<Terminal, 'cwd' | 'stdin' | 'signal' | 'env'>,
): Promise<ImageSource & Partial<SourceNotes>> {
  const { cwd } = terminal;
  const [first] = paths;
  if (first === undefined) throw new UsageError('name the images: --images <folder>, or --coco <instances.json>');
  if (first === '-' && paths.length === 1) return openStdin(terminal);
  if (paths.length === 1 && isS3Folder(first)) return openBucket(first, limit, terminal);
  const list = paths.map((path) => absolute(cwd, path));
  if (list.length === 1 && !hasScheme(list[0]!) && !(await isFile(list[0]!)))
    return openFolder(list[0]!, { extensions: imageExtensions(), followLinks: followLinks === true });
  return openImages(list);
}

/** What ends in a slash, and a whole bucket; anything else is an object. */
function isS3Folder(path: string): boolean {
  return /^s3:\/\/([^/]+|.*\/)$/i.test(path);
}

async function openBucket(
  uri: string,
  limit: number | undefined,
  { env, signal }: Pick<Terminal, 'env' | 'signal'>,
): Promise<ImageSource & Partial<SourceNotes>> {
  const { openS3Folder } = await import('@qualm/remote');
  return openS3Folder(uri, {
    ...{ s3: await s3Options(env), extensions: imageExtensions(), signal },
    ...(limit !== undefined && { limit }),
  });
}

/** URIs stay as they are; one letter before the colon is a drive of Windows. */
function absolute(cwd: string, path: string): string {
  return hasScheme(path) ? path : resolve(cwd, path);
}

function hasScheme(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The list on stdin, of which the first line is awaited: a list without one is no list. */
async function openStdin({ cwd, stdin, signal }: Pick<Terminal, 'cwd' | 'stdin' | 'signal'>): Promise<ImageSource> {
  const lines = readLines(stdin, 'the list on stdin', signal);
  const first = await lines.next();
  if (first.done) return openImages([]);
  return openImageStream(absoluteLines(first.value, lines, cwd));
}

async function* absoluteLines(
  first: string,
  rest: AsyncIterable<string>,
  cwd: string,
): AsyncGenerator<string, void, undefined> {
  yield absolute(cwd, first);
  for await (const line of rest) yield absolute(cwd, line);
}

function firstImages(source: ImageSource, limit: number): ImageSource {
  if (source.length === null)
    return { length: null, fingerprint: null, [Symbol.asyncIterator]: () => firstOf(source, limit) };
  return {
    length: Math.min(limit, source.length),
    fingerprint: `${source.fingerprint}/first-${limit}`,
    *[Symbol.iterator]() {
      let left = limit;
      for (const record of source) {
        if (left-- <= 0) return;
        yield record;
      }
    },
  };
}

/** Does not wait for an image that is one too many. */
async function* firstOf(source: ImageStream, limit: number): AsyncGenerator<ImageRecord, void, undefined> {
  let left = limit;
  for await (const record of source) {
    yield record;
    if (--left <= 0) return;
  }
}
