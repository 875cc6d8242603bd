import { assertOptions } from '@qualm/types';
import { libraryNames } from '../choose/ranking-notes.ts';
import type { OptionNames } from '../choose/ranking-notes.ts';
import { scriptNames } from './script-names.ts';

/** Fonts for texts in pictures, and a warning that names what no font has. */
export interface LabelFonts {
  readonly fontFiles: readonly string[];
  readonly warnings: readonly string[];
}

const shown = 12;

/** @param fontFiles fonts to use; those of the system are searched for what they lack
 * @throws QualmError `unsupported` for a file that is not a font.
 */
export async function labelFonts(
  texts: Iterable<string>,
  fontFiles: readonly string[] = [],
  names: Pick<OptionNames, 'fonts'> = libraryNames,
): Promise<LabelFonts> {
  assertOptions('labelFonts', names, "{ fonts: '--font' }", 'names');
  const { fontsFor } = await import('@qualm/viz');
  const found = await fontsFor(texts, { fontFiles });
  const { length } = found.missing;
  if (length === 0) return { fontFiles: found.fontFiles, warnings: [] };
  const some = `${found.missing.slice(0, shown).join(' ')}${length > shown ? ` and ${length - shown} more` : ''}`;
  const warning =
    `no font here draws ${some} (${scriptNames(found.missing).join(', ')}) of the labels: they are empty boxes in pictures; ` +
    `name a font that has them with ${names.fonts}, or install one`;
  return { fontFiles: found.fontFiles, warnings: [warning] };
}
