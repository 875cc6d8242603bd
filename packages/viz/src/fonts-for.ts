import { readdir } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { extname, join } from 'node:path';
import type { Font } from 'fontkit';
import { assertArray, assertOptions, assertString, wrongArgument } from '@qualm/types';
import { cleanLines } from './clean-text.ts';
import { assertFonts } from './font.ts';
import { isInShippedFont } from './measure-text.ts';

/** Options of `fontsFor`. */
export interface FontsForOptions {
  /** TrueType or OpenType files that are taken first, and in any case. */
  readonly fontFiles?: readonly string[];
  /** Folders that are searched for more, with all folders in them; those of the system when absent,
   * none for an empty list.
   */
  readonly folders?: readonly string[];
}

/** Fonts for `fontFiles`, and what is still missing. */
export interface FoundFonts {
  readonly fontFiles: readonly string[];
  /** Characters that no font has, each once, in the order of their code points. */
  readonly missing: readonly string[];
}

/** Font files that have the characters of texts which the shipped font lacks: Chinese, Arabic,
 * Thai, ... Fonts are opened only where such a character is found, so that pictures of other texts
 * are the same on every machine. Fonts of emoji come before others that have their outlines.
 * @throws QualmError `unsupported` when a file of `fontFiles` is not a font.
 * @example await render(image, layers, { format: 'png', ...(await fontsFor(['猫'])) })
 */
export async function fontsFor(texts: Iterable<string>, options: FontsForOptions = {}): Promise<FoundFonts> {
  const read = textsOf(texts);
  assertOptions('fontsFor', options, "{ fontFiles: ['font.ttf'] }");
  const { fontFiles = [], folders = systemFolders() } = options;
  assertArray('fontsFor', 'folders', folders, "an array of paths, such as ['/usr/share/fonts']");
  await assertFonts(fontFiles);
  const missing = missingCharacters(read);
  for (const path of fontFiles) if (missing.size > 0) await take(path, missing);
  const found: string[] = [];
  for (const path of missing.size > 0 ? await candidatesFor(missing, folders) : []) {
    if (missing.size === 0) break;
    if (await take(path, missing).catch(() => false)) found.push(path);
  }
  return { fontFiles: [...fontFiles, ...found], missing: [...missing].sort(byCodePoint) };
}

function textsOf(texts: Iterable<string>): string[] {
  if (typeof (Object(texts) as Partial<Iterable<string>>)[Symbol.iterator] !== 'function')
    throw wrongArgument('fontsFor', 'its texts', texts, "an array of texts, such as ['猫']");
  const read = [...texts];
  for (const text of read) assertString('fontsFor', 'one of its texts', text);
  return read;
}

function missingCharacters(texts: Iterable<string>): Set<string> {
  const missing = new Set<string>();
  for (const text of texts)
    for (const character of cleanLines(text).join(''))
      if (!isInShippedFont(character) && !isInvisible(character)) missing.add(character);
  return missing;
}

/** Joiners, variation selectors, spaces. */
function isInvisible(character: string): boolean {
  return /^[\p{Cf}\p{Z}\u{FE00}-\u{FE0F}]$/u.test(character);
}

/** Strikes out what the font has; false where that is nothing. */
async function take(path: string, missing: Set<string>): Promise<boolean> {
  const { open } = await import('fontkit');
  const opened = await open(path);
  const faces = 'fonts' in opened ? opened.fonts : [opened];
  const before = missing.size;
  for (const character of missing) if (faces.some((face) => hasPicture(face, character))) missing.delete(character);
  return missing.size < before;
}

/** Fonts without these names are not loaded. */
function hasPicture(face: Font, character: string): boolean {
  const code = character.codePointAt(0)!;
  if (!face.familyName || !face.postscriptName || !face.hasGlyphForCodePoint(code)) return false;
  return isInColor(face) || face.glyphForCodePoint(code).path.commands.length > 0;
}

/** Whether glyphs are layers or bitmaps. */
function isInColor(face: Font): boolean {
  const { tables } = (face as unknown as { readonly directory: { readonly tables: object } }).directory;
  return ['COLR', 'CBDT', 'sbix'].some((name) => name in tables);
}

/** Files in the order in which they are asked: fonts of emoji first where one is missing. */
async function candidatesFor(missing: ReadonlySet<string>, folders: readonly string[]): Promise<readonly string[]> {
  const files = (await Promise.all(folders.map(fontsIn))).flat().sort(byPreference);
  if (![...missing].some((character) => /\p{Emoji_Presentation}/u.test(character))) return files;
  const isOfEmoji = (path: string): boolean => /emoji[^\\/]*$/i.test(path);
  return [...files.filter(isOfEmoji), ...files.filter((path) => !isOfEmoji(path))];
}

const endings = new Set(['.ttf', '.otf', '.ttc', '.otc']);

async function fontsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() && endings.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
}

const unlike = [
  /italic|oblique/i,
  /mono|typewriter|typist/i,
  /serif(?!.*sans)|ming|song|naskh/i,
  /light|thin|condensed/i,
];

/** Upright sans-serif first, as the shipped font is; bold before regular. */
function byPreference(first: string, second: string): number {
  const [a, b] = [unlikeness(first), unlikeness(second)];
  return a - b || (first < second ? -1 : 1);
}

function unlikeness(path: string): number {
  const name = path.slice(path.search(/[^\\/]*$/));
  const faults = unlike.reduce((sum, pattern) => sum + (pattern.test(name) ? 2 : 0), 0);
  return faults + (/bold|semibold|medium/i.test(name) ? 0 : 1);
}

function byCodePoint(first: string, second: string): number {
  return first.codePointAt(0)! - second.codePointAt(0)!;
}

/** Where fonts are installed, for all users and for this one. */
function systemFolders(): string[] {
  const home = homedir();
  switch (platform()) {
    case 'win32':
      return ['C:\\Windows\\Fonts', join(home, 'AppData', 'Local', 'Microsoft', 'Windows', 'Fonts')];
    case 'darwin':
      return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library', 'Fonts')];
    default:
      return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        join(home, '.local', 'share', 'fonts'),
        join(home, '.fonts'),
      ];
  }
}
