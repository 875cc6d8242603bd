import { fontsFor } from '@qualm/viz';
import { scriptNames } from './script-names.ts';

/** Fonts for texts in pictures, and a warning that names what no font has. */
export interface LabelFonts {
  readonly fontFiles: readonly string[];
  readonly warnings: readonly string[];
}

const shown = 12;

/** @param fontFiles what `--font` names; fonts of the system are searched for what they lack */
export async function labelFonts(texts: Iterable<string>, fontFiles: readonly string[] = []): Promise<LabelFonts> {
  const found = await fontsFor(texts, { fontFiles });
  const { length } = found.missing;
  if (length === 0) return { fontFiles: found.fontFiles, warnings: [] };
  const some = `${found.missing.slice(0, shown).join(' ')}${length > shown ? ` and ${length - shown} more` : ''}`;
  const warning =
    `no font here draws ${some} (${scriptNames(found.missing).join(', ')}) of the labels: they are empty boxes in pictures; ` +
    'name a font that has them with --font, or install one';
  return { fontFiles: found.fontFiles, warnings: [warning] };
}
