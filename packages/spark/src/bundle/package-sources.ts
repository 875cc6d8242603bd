import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import { runNpm } from './run-npm.ts';

const root = '@qualm/worker';

export interface PackageSource {
  /** A folder of the packages' archives (`npm pack`), or a checkout of qualm; npm's registry when
   * absent. */
  readonly packages?: string | undefined;
  /** The version of `@qualm/worker` to take from the registry. */
  readonly version: string;
  /** A folder for archives that are made. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/** What npm is to install so that there is a worker: a name and version, or archives.
 * @throws QualmError `io` for a folder with neither archives nor a checkout.
 */
export async function packagesToInstall({ packages, version, scratch, signal }: PackageSource): Promise<string[]> {
  if (packages === undefined) return [`${root}@${version}`];
  const folder = resolve(packages);
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new QualmError('io', `bundle: "${packages}" cannot be read; give a folder of packages`, {
      cause,
    });
  });
  const archives = names.filter((name) => name.endsWith('.tgz')).map((name) => join(folder, name));
  if (archives.length > 0) return archives;
  if (await isFile(join(folder, 'packages/worker/package.json'))) return packCheckout(folder, scratch, signal);
  throw new QualmError(
    'io',
    `bundle: "${packages}" has no packages; expected archives of npm pack, or a checkout of qualm`,
  );
}

/** The worker and those of our packages that it needs, packed as npm publishes them. */
async function packCheckout(folder: string, scratch: string, signal: AbortSignal | undefined): Promise<string[]> {
  const needed = new Set<string>();
  const visit = async (name: string): Promise<void> => {
    const place = join(folder, 'packages', name.replace('@qualm/', ''));
    if (!name.startsWith('@qualm/') || needed.has(place)) return;
    needed.add(place);
    const isBuilt = await isFile(join(place, name === root ? 'dist/program/main.js' : 'dist/index.js'));
    if (!isBuilt) throw new QualmError('io', `bundle: ${place} is not built; run npm run build there`);
    const { dependencies = {} } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as Manifest;
    for (const dependency of Object.keys(dependencies)) await visit(dependency);
  };
  await visit(root);
  const args = ['pack', ...needed, '--json', '--ignore-scripts', '--pack-destination', scratch];
  const packed = JSON.parse(await runNpm(folder, args, signal)) as readonly {
    readonly filename: string;
  }[];
  return packed.map(({ filename }) => join(scratch, filename.replace('@', '').replace('/', '-')));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
