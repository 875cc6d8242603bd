import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { counted, countText } from '@qualm/types';
import type { ImageStates } from '../images/image-states.ts';
import { shareText } from '../shares/image-share.ts';
import type { ImageShare, ListedImages } from '../shares/image-share.ts';

/** What makes a run this run: what decides its predictions, and its images. */
export interface RunIdentity {
  /** By name, compared one by one: the model, checksums of its files, options. See `modelIdentity`
   * of `@qualm/pipeline`.
   */
  readonly parts: Readonly<Record<string, string>>;
  /** What the images were when the run began; null for a stream, whose images are known when they
   * have come.
   */
  readonly images: ImageStates | null;
  /** Which share of the images they are, where they are one: see `shareOf`. */
  readonly share?: ImageShare;
}

/** What the manifest holds of an identity. */
export type IdentityParts = Readonly<Record<string, string>>;

/** The file beside the manifest that holds a line for each image, so that a refusal can say which
 * one differs.
 */
export const imagesName = '_qualm.images.jsonl';

/** What a refusal names; the rest is counted. */
const maxNamed = 3;

export function identityParts({ parts, images, share }: RunIdentity): IdentityParts {
  const all = { ...parts, ...(share && shareParts(share)) };
  if (images === null) return { ...all, 'images told by': 'ids of a stream', images: 'a stream' };
  return { ...all, 'images told by': images.by, images: images.sha256 };
}

/** The same for a stream, whose list is known when it is over: then it is compared. */
function shareParts(share: ImageShare): IdentityParts {
  const { list } = share;
  return { [shareName]: shareText(share), ...(list && { [listName]: listText(list) }) };
}

const shareName = 'share';
const listName = 'all images';

function listText({ images, ids }: ListedImages): string {
  return `${images} with the ids ${ids.slice(0, 16)}`;
}

/** What the undivided run says of itself, out of what one of its shares says.
 * @param images the SHA-256 over the states of all images; of a stream what the share says.
 */
export function undividedIdentity(share: IdentityParts, images: string): IdentityParts {
  const { [shareName]: _, [listName]: __, ...parts } = share;
  return { ...parts, images };
}

/** A SHA-256 in hex over all parts, whatever their order. */
export function fingerprintOf(parts: IdentityParts): string {
  const entries = Object.entries(parts).sort(([first], [second]) => (first < second ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}

/** What differs between two runs. */
export interface IdentityDifferences {
  /** In words; not longer than some lines. */
  readonly text: string;
  /** Positions of images that differ, where nothing else does; null where something does. */
  readonly images: ReadonlySet<number> | null;
}

/** What differs between the run that a folder was begun with and this one; null where nothing does.
 */
export async function identityDifferences(
  folder: string,
  was: IdentityParts,
  now: RunIdentity,
): Promise<IdentityDifferences | null> {
  const is = identityParts(now);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => was[name] !== is[name]);
  if (names.length === 0) return null;
  const parts = names.filter((name) => name !== 'images').map((name) => partDifference(name, was, is));
  const comparable = names.includes('images') && !names.includes('images told by');
  if (!comparable || now.images === null) return { text: summary(parts).join('; '), images: null };
  const { texts, images } = await imageDifferences(join(folder, imagesName), now.images);
  return { text: [...summary(parts), ...texts].join('; '), images: parts.length === 0 ? images : null };
}

/** What differs between two shares of a run, but for what has to: a text for each. */
export function shareDifferences(one: IdentityParts, other: IdentityParts): readonly string[] {
  const has = new Set([shareName, listName, 'images']);
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
  return summary(names.filter((name) => !has.has(name)).map((name) => partDifference(name, one, other)));
}

function partDifference(name: string, was: IdentityParts, is: IdentityParts): string {
  return `${name} was ${valueText(was[name])}, is ${valueText(is[name])}`;
}

async function imageDifferences(
  path: string,
  images: ImageStates,
): Promise<{ readonly texts: readonly string[]; readonly images: ReadonlySet<number> | null }> {
  const texts: string[] = [];
  const positions = new Set<number>();
  const now = images.lines()[Symbol.iterator]();
  let before = 0;
  let count = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const position = before++;
      const next = now.next();
      if (next.done) continue;
      count++;
      if (next.value.trimEnd() === line) continue;
      positions.add(position);
      if (texts.length < maxNamed) texts.push(imageDifference(line, next.value));
    }
  } catch {
    const text = `the images differ, and ${imagesName}, which lists them, cannot be read`;
    return { texts: [text], images: null };
  }
  while (!now.next().done) count++;
  const rest = positions.size - texts.length;
  if (rest > 0) texts.push(`and ${rest} more`);
  return count === before
    ? { texts, images: positions }
    : { texts: [`${counted(before, 'image')} before, ${countText(count)} now`, ...texts], images: null };
}

type ImageLine = readonly [id: string | number, uri: string | null, bytes: number | null, mark: number | string | null];

function imageDifference(before: string, after: string): string {
  const [was, is] = [before, after].map(parseLine);
  if (!was || !is) return 'a line that is not JSON';
  const name = `image ${shorten(JSON.stringify(is[0]))}`;
  if (was[0] !== is[0]) return `${name} is in the place of ${shorten(JSON.stringify(was[0]))}`;
  if (was[1] !== is[1]) return `${name} was ${shorten(String(was[1]))}, is ${shorten(String(is[1]))}`;
  if (is[2] === null) return `${name} is not there any more`;
  if (was[2] === null) return `${name} was not there before`;
  if (was[2] !== is[2]) return `${name} had ${was[2]} bytes, has ${is[2]}`;
  return typeof is[3] === 'number'
    ? `${name} was written ${timeText(was[3])}, now ${timeText(is[3])}`
    : `${name} has different content`;
}

function parseLine(line: string): ImageLine | null {
  try {
    return JSON.parse(line) as ImageLine;
  } catch {
    return null;
  }
}

function timeText(milliseconds: number | string | null): string {
  const time = new Date(Number(milliseconds));
  return Number.isNaN(time.getTime()) ? 'at another time' : time.toISOString();
}

/** Checksums by their beginning. */
function valueText(value: string | undefined): string {
  if (value === undefined) return 'not there';
  return /^[\da-f]{64}$/.test(value) ? `${value.slice(0, 8)}...` : shorten(value);
}

function summary(differences: readonly string[]): string[] {
  const rest = differences.length - maxNamed;
  return [...differences.slice(0, maxNamed), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 38)}...${text.slice(-38)}` : text;
}
