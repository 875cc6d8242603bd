import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './repository.ts';

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  readonly manifest: Manifest;
  readonly tarball: string;
  /** Bytes of the tarball, and of what it holds. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

/** Every public package, by name, packed by npm into a folder. */
export async function packPackages(folder: string): Promise<Map<string, PackedPackage>> {
  const folders = (await readdir(join(root, 'packages'))).map((name) => join(root, 'packages', name));
  const manifests = new Map<string, Manifest>();
  for (const place of folders) {
    const manifest = await readManifest(place);
    if (!manifest.private) manifests.set(manifest.name, manifest);
  }
  const { stdout } = await npm(root, 'pack', ...folders, '--json', '--pack-destination', folder);
  const found = JSON.parse(stdout) as {
    name: string;
    filename: string;
    size: number;
    unpackedSize: number;
    files: { path: string }[];
  }[];
  return new Map(
    found
      .filter(({ name }) => manifests.has(name))
      .map(({ name, filename, files, ...sizes }) => [
        name,
        {
          name,
          manifest: manifests.get(name)!,
          tarball: join(folder, filename),
          ...sizes,
          files: files.map(({ path }) => path),
        },
      ]),
  );
}

/** Installs one package in an empty project: it and its siblings from tarballs, and the peers that
 * it cannot do without.
 * @param extra other packages, as `name@version`.
 */
export async function installPacked(
  name: string,
  packed: ReadonlyMap<string, PackedPackage>,
  project: string,
  extra: readonly string[] = [],
): Promise<void> {
  const { devDependencies } = await readManifest(root);
  const siblings = closure(name, packed);
  const peers = siblings.flatMap(({ manifest }) =>
    Object.entries(manifest.peerDependencies ?? {})
      .filter(([peer]) => !manifest.peerDependenciesMeta?.[peer]?.optional)
      .map(([peer, range]) => `${peer}@${manifest.devDependencies?.[peer] ?? devDependencies?.[peer] ?? range}`),
  );
  const tarballs = siblings.map(({ tarball }) => tarball);
  await writeEmptyProject(project);
  await npm(project, 'install', '--ignore-scripts', '--prefer-offline', ...new Set([...tarballs, ...peers, ...extra]));
}

/** Installs all packages, from tarballs, in a project that names them, and what else it needs. */
export async function installTarballs(packed: ReadonlyMap<string, PackedPackage>, project: string): Promise<void> {
  const tarballs = [...packed.values()].map(({ tarball }) => tarball);
  await npm(project, 'install', '--ignore-scripts', '--prefer-offline', ...tarballs);
}

/** Installs one package and its siblings from tarballs, and others beside it. */
export async function installBeside(
  name: string,
  packed: ReadonlyMap<string, PackedPackage>,
  project: string,
  others: readonly string[],
): Promise<void> {
  const tarballs = closure(name, packed).map(({ tarball }) => tarball);
  await writeEmptyProject(project);
  await npm(project, 'install', '--ignore-scripts', '--prefer-offline', ...tarballs, ...others);
}

/** What `npm init` makes, without the second that it takes. */
async function writeEmptyProject(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', type: 'module' }));
}

function closure(name: string, packed: ReadonlyMap<string, PackedPackage>): PackedPackage[] {
  const found = new Set<string>();
  const visit = (current: string): void => {
    if (found.has(current) || !packed.has(current)) return;
    found.add(current);
    Object.keys(packed.get(current)!.manifest.dependencies ?? {}).forEach(visit);
  };
  visit(name);
  return [...found].map((each) => packed.get(each)!);
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function npm(cwd: string, ...args: readonly string[]): Promise<{ stdout: string }> {
  return run('npm', [...args, '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd, maxBuffer: 2 ** 26 });
}
