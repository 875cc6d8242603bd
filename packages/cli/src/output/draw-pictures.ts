import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drawRanking } from '@qualm/selection';
import type { Ranking } from '@qualm/selection';
import { optionNames } from '../options/ranking-options.ts';
import { removeOwnFiles, storeFile } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';

export interface DrawPicturesOptions extends OverwriteOptions {
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** What was drawn. */
export interface Pictures {
  readonly pictures: readonly string[];
  readonly contactSheet: string | null;
  /** Images that cannot be opened any more. */
  readonly undrawn: number;
  /** What is not as it should be in them. */
  readonly warnings: readonly string[];
}

/** The picture of all that are drawn. */
export const sheetName = 'contact-sheet.jpg';

/** Draws the images that come first, each into pictures/, and all of them on one contact sheet. */
export async function drawPictures(
  out: string,
  ranking: Ranking,
  { font, signal, force }: DrawPicturesOptions,
): Promise<Pictures> {
  const folder = join(out, 'pictures');
  const pictures: string[] = [];
  if (ranking.drawn.length > 0) {
    await mkdir(folder, { recursive: true });
    await removeOwnFiles(folder, (name) => name.endsWith('.jpg'));
  }
  const { contactSheet, undrawn, warnings } = await drawRanking(ranking, {
    ...{ fonts: font, signal, optionNames },
    onPicture: async ({ name, bytes }) => {
      const path = join(folder, name);
      await storeFile(path, bytes, { force });
      pictures.push(path);
    },
  });
  const sheet = contactSheet && join(out, sheetName);
  if (contactSheet && sheet) await storeFile(sheet, contactSheet, { force });
  return { pictures, contactSheet: sheet, undrawn, warnings };
}
