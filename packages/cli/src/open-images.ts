import { dirname, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { openFolder, openImages, readCoco } from '@qualm/datasets';
import { QualmError } from '@qualm/types';
import type { ImageSource } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { assertNotInterrupted } from './interrupted.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

export interface ImageOptions {
  readonly images?: readonly string[] | undefined;
  readonly coco?: string | undefined;
  readonly limit?: number | undefined;
}

/** The images that the user points at: a folder, files, paths on stdin, or a COCO file with a folder.
 * @throws UsageError when nothing is named; QualmError `dataset-invalid` or `io` when it cannot be read or is empty.
 */
export async function openSource(
  options: ImageOptions,
  terminal: Pick<Terminal, 'cwd' | 'stdin' | 'signal'>,
  reporter: Reporter,
): Promise<ImageSource> {
  const { images = [], coco, limit } = options;
  const source =
    coco === undefined
      ? await openPaths(images, terminal, reporter)
      : await openCoco(coco, images, terminal.cwd, reporter);
  if (source.length === 0) {
    const where = [...images, ...(coco === undefined ? [] : [coco])].join(' ');
    throw new QualmError(
      'dataset-invalid',
      `images: there is none in "${where}"; check the path and the files' endings`,
    );
  }
  return limit === undefined ? source : firstImages(source, limit);
}

async function openCoco(
  coco: string,
  images: readonly string[],
  cwd: string,
  reporter: Reporter,
): Promise<ImageSource> {
  if (images.length > 1) throw new UsageError('--coco: wanted one folder in --images, for the images that it names');
  const file = resolve(cwd, coco);
  const folder = images[0] === undefined ? dirname(file) : resolve(cwd, images[0]);
  const { source, problems } = await readCoco(file, { images: folder, segmentations: 'drop' });
  for (const problem of problems.slice(0, 10)) reporter.warn(problem.message);
  if (problems.length > 10) reporter.warn(`${problems.length - 10} more problems in ${file}`);
  return source;
}

async function openPaths(
  paths: readonly string[],
  { cwd, stdin, signal }: Pick<Terminal, 'cwd' | 'stdin' | 'signal'>,
  reporter: Reporter,
): Promise<ImageSource> {
  const [first] = paths;
  if (first === undefined) throw new UsageError('name the images: --images <folder>, or --coco <instances.json>');
  if (first === '-' && paths.length === 1)
    return openImages((await readLines(stdin, signal)).map((path) => absolute(cwd, path)));
  const list = paths.map((path) => absolute(cwd, path));
  if (list.length === 1 && !(await isFile(list[0]!))) {
    const folder = await openFolder(list[0]!);
    if (folder.skippedLinks > 0) reporter.warn(`${folder.skippedLinks} links lead out of ${folder.root}: left out`);
    return folder;
  }
  return openImages(list);
}

/** URIs stay as they are; one letter before the colon is a drive of Windows. */
function absolute(cwd: string, path: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(path) ? path : resolve(cwd, path);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function readLines(stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<string[]> {
  let text = '';
  stream.setEncoding('utf8');
  try {
    for await (const chunk of addAbortSignal(signal, stream as Readable)) text += String(chunk);
  } catch (error) {
    assertNotInterrupted(signal);
    throw error;
  }
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function firstImages(source: ImageSource, limit: number): ImageSource {
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
