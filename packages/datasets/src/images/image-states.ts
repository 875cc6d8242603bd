import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { assertChoice, assertIterable, assertOptions, wrongArgument } from '@qualm/types';
import type { Image, ImageRecord, ImageList } from '@qualm/types';
import { digestFile, digestOf } from '../files/file-digest.ts';

/** How an image is distinguished from another of the same name: by its file's length and time, or
 * by its content, which reads all of it.
 */
export type ImageCheck = 'time' | 'content';

/** What the images of a source were when somebody looked. */
export interface ImageStates {
  readonly by: ImageCheck;
  /** SHA-256, in hex, over `lines()`. */
  readonly sha256: string;
  /** Whether there was a file, or no need of one. Of an image that is not on this machine nobody
   * knows, and it is false. */
  isThere(index: number): boolean;
  /** An array as JSON for each image: image_id, URI, bytes, milliseconds since 1970 of its last
   * change or SHA-256 of its content; null where that is not known: of a file that is not there,
   * and of one that is not on this machine. */
  lines(): Iterable<string>;
}

/** Options of `readImageStates`. */
export interface ImageStatesOptions {
  readonly by?: ImageCheck;
  readonly signal?: AbortSignal;
}

interface ImageState {
  readonly bytes: number | null;
  readonly mark: number | string | null;
  readonly isThere: boolean;
}

/** Files that are looked at at the same time. */
const concurrency = 32;

/** Looks at the file of each image of a source. What cannot be looked at is not an error here.
 * @throws what the signal was aborted with.
 * @example (await readImageStates(await openFolder('photos'))).sha256 // changes when a photograph is replaced
 */
export async function readImageStates(source: ImageList, options: ImageStatesOptions = {}): Promise<ImageStates> {
  assertIterable('readImageStates', 'its source', source, wantedSource);
  assertOptions('readImageStates', options, "{ by: 'content' }");
  const { by = 'time', signal } = options;
  assertChoice('readImageStates', 'by', by, ['time', 'content']);
  const states: ImageState[] = [];
  for (const records of groupsOf(source, concurrency)) {
    signal?.throwIfAborted();
    states.push(...(await Promise.all(records.map(({ image }) => stateOf(image, by)))));
  }
  const hash = createHash('sha256');
  const lines = (): Iterable<string> => linesOf(source, states);
  for (const line of lines()) hash.update(line);
  return { by, sha256: hash.digest('hex'), isThere: (index) => states[index]?.isThere ?? false, lines };
}

const wantedSource = "a source of images, such as await openFolder('photos')";

function* groupsOf(source: ImageList, size: number): Generator<ImageRecord[], void, undefined> {
  let group: ImageRecord[] = [];
  for (const record of source) {
    if (!record?.image) throw wrongArgument('readImageStates', 'an image of its source', record, wantedSource);
    group.push(record);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  yield group;
}

function* linesOf(source: ImageList, states: readonly ImageState[]): Generator<string, void, undefined> {
  let index = 0;
  for (const { image_id, image } of source) {
    const { bytes, mark } = states[index++]!;
    yield `${JSON.stringify([image_id, image.uri, bytes, mark])}\n`;
  }
}

async function stateOf(image: Image, by: ImageCheck): Promise<ImageState> {
  if (image.uri === null) {
    const { bytes, sha256 } = digestOf(image.bytes!);
    return { bytes, mark: sha256, isThere: true };
  }
  const path = pathOf(image.uri);
  if (path === null) return { bytes: null, mark: null, isThere: false };
  try {
    if (by === 'content') {
      const { bytes, sha256 } = await digestFile(path);
      return { bytes, mark: sha256, isThere: true };
    }
    const { size, mtimeMs } = await stat(path);
    return { bytes: size, mark: Math.floor(mtimeMs), isThere: true };
  } catch {
    return { bytes: null, mark: null, isThere: false };
  }
}

/** Null for what is not a file of this machine. */
function pathOf(uri: string): string | null {
  try {
    if (/^file:/i.test(uri)) return fileURLToPath(uri);
  } catch {
    return null;
  }
  return /^[a-z][a-z\d+.-]+:/i.test(uri) ? null : uri;
}
