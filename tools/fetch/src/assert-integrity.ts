import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Checks a file against a `sha512-...` integrity.
 * @throws Error saying what came and what was wanted.
 */
export async function assertIntegrity(file: string, integrity: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new Error(
      `${file} has integrity ${found}; expected ${integrity}; the registry gave another tarball than the one checked`,
    );
  }
}
