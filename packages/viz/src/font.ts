import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { assertArray, QualmError } from '@qualm/types';

/** The path of the font that comes with this package: Arimo SemiBold, SIL Open Font License 1.1.
 * @throws QualmError `unsupported` when it is not installed.
 */
export function shippedFont(): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve('@expo-google-fonts/arimo/600SemiBold/Arimo_600SemiBold.ttf');
  } catch (cause) {
    throw new QualmError(
      'unsupported',
      'render: the font @expo-google-fonts/arimo is not installed, text would be left out; run npm install again, and in a bundle install it where the bundle is; see docs/install.md',
      { cause },
    );
  }
}

const signatures = new Set(['00010000', '4f54544f', '74727565', '74746366']);

/** Passes when each file is a TrueType or OpenType font: the rasteriser leaves text out without a
 * word where it is not.
 * @throws QualmError `unsupported`.
 */
export async function assertFonts(paths: readonly string[]): Promise<void> {
  assertArray('render', 'fontFiles', paths, "an array of paths, such as ['font.ttf']");
  await Promise.all(paths.map(assertFont));
}

async function assertFont(path: string): Promise<void> {
  const signature = await firstBytes(path).catch((cause: unknown) => {
    throw new QualmError('unsupported', `render: the font "${path}" cannot be read, text would be left out`, { cause });
  });
  if (signatures.has(signature)) return;
  throw new QualmError(
    'unsupported',
    `render: "${path}" is not a TrueType or OpenType font (WOFF cannot be read either)`,
  );
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await file.close();
  }
}
