import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The path of the tarball of `name@version`, which `npm pack` fetches into an empty folder.
 * @throws Error with what npm said.
 */
export async function packNpmPackage(spec: string, folder: string): Promise<string> {
  const shell = process.platform === 'win32';
  try {
    await promisify(execFile)('npm', ['pack', spec, '--pack-destination', folder, '--ignore-scripts'], { shell });
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    throw new Error(`npm pack ${spec} failed; check the network and npm's registry settings\n${stderr}`, { cause });
  }
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${spec} left no tarball in ${folder}`);
  return join(folder, tarball);
}
