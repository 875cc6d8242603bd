import { access } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { UsageError } from '../terminal/exit-code.ts';

/** Says at once, before a model is loaded, that a file cannot be written whole at the end.
 * @param option the option that names it.
 * @param path an absolute path.
 * @throws UsageError for another ending, and where something is there already.
 */
export async function assertFileFree(
  option: string,
  path: string,
  endings: readonly string[],
  dryRun: boolean | undefined,
): Promise<void> {
  if (basename(path) === '-')
    throw new UsageError(`${option}: a file is written here, not stdout; name one in ${endings.join(', ')}`);
  if (!endings.includes(extname(path).toLowerCase()))
    throw new UsageError(`${option}: "${path}" ends in none of ${endings.join(', ')}`);
  const folder = dirname(path);
  if (!(await exists(folder)))
    throw new UsageError(`${option}: there is no folder ${folder}; make it, or choose another`);
  const isThere = await exists(path);
  if (isThere && !dryRun) throw new UsageError(`${option}: ${path} is there already; remove it, or choose another`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
