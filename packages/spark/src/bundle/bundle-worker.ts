import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { assertChoice, assertOptions, assertText, QualmError, wrongArgument } from '@qualm/types';
import { bundlePlatforms } from './bundle.ts';
import type { BundlePlatform, WorkerBundle } from './bundle.ts';
import { packagesToInstall } from './package-sources.ts';
import { assertPlatform, prune } from './prune.ts';
import { runNpm } from './run-npm.ts';
import { withoutSymbols } from './without-symbols.ts';
import { workerEntry } from './worker-entry.ts';
import { writeArchive } from './write-archive.ts';

/** Options of `bundleWorker`. */
export interface BundleWorkerOptions {
  /** Where it is to run, whatever this machine is. */
  readonly platform: BundlePlatform;
  /** The folder that the archive is written to. */
  readonly out: string;
  /** The version of Node, or the beginning of one, from 20.19; `22` by default. */
  readonly node?: string | undefined;
  /** Where our packages are from: a folder of their archives (`npm pack`), or a checkout of qualm
   * that is built; npm's registry when absent. */
  readonly packages?: string | undefined;
  /** The version of `@qualm/worker` to take from the registry; `latest` by default. */
  readonly version?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is done next. */
  readonly onProgress?: ((what: string) => void) | undefined;
}

/** An archive with Node and the worker, for machines that have neither: `qualm-<hash>.tgz`, in
 * which `qualm-<hash>/bin/node` runs `qualm-<hash>/worker.mjs`. npm installs everything for that
 * platform and checks it by its hash; no file of this machine is copied, and no script is run. The
 * hash is one of the files: the same packages make the same archive.
 * @throws QualmError `io` where npm fails or the archive cannot be written, `unsupported` without
 * npm, `aborted`.
 * @example await bundleWorker({ platform: 'linux-x64', out: '.' }) // { path: '.../qualm-9f86d081884c7d65.tgz', ... }
 */
export async function bundleWorker(options: BundleWorkerOptions): Promise<WorkerBundle> {
  assertOptions('bundleWorker', options, "{ platform: 'linux-x64', out: '.' }");
  const { platform, out, node = '22', packages, version = 'latest', signal, onProgress } = options;
  assertChoice('bundleWorker', 'platform', platform, bundlePlatforms);
  assertText('bundleWorker', 'out', out, "a folder, such as '.'");
  if (!/^(2[02-9]|[3-9]\d)(\.\d+){0,2}$/.test(node))
    throw wrongArgument('bundleWorker', 'node', node, "a version such as '22' or '22.23.5'");
  const scratch = await mkdtemp(join(tmpdir(), 'qualm-bundle-'));
  try {
    const content = join(scratch, 'content');
    const archives = join(scratch, 'archives');
    await Promise.all([mkdir(content), mkdir(archives)]);
    onProgress?.('pack');
    const wanted = await packagesToInstall({ ...{ packages, version, scratch: archives, signal } });
    onProgress?.('install');
    const manifest = { private: true, type: 'module' };
    const nodePackage = `node-${platform}`;
    // Of what is optional, npm installs the package of another platform than this machine's.
    const optionalDependencies = { [nodePackage]: node };
    await writeFile(join(content, 'package.json'), JSON.stringify({ ...manifest, optionalDependencies }));
    const [os = '', cpu = ''] = platform.split('-');
    const install = ['install', '--omit=dev', '--os', os, '--cpu', cpu, '--libc', 'glibc', '--ignore-scripts'];
    await runNpm(content, [...install, '--prefer-offline', ...wanted], signal);
    const modules = join(content, 'node_modules');
    const found = await takeNode(content, join(modules, nodePackage));
    await writeFile(join(content, 'bundle.json'), await contents(content, platform, found));
    await rm(join(content, 'package-lock.json'));
    // npm wrote down where archives were.
    await writeFile(join(content, 'package.json'), `${JSON.stringify(manifest)}\n`);
    await prune(modules, platform);
    await writeFile(join(content, 'worker.mjs'), workerEntry(platform));
    await assertPlatform(content, platform);
    onProgress?.('archive');
    signal?.throwIfAborted();
    const bundle = await writeArchive({
      ...{ content, out },
      prefix: 'qualm',
      programs: ['bin/node'],
    });
    return { ...bundle, platform, node: found };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Moves the program out of its package, and gives its version. */
async function takeNode(content: string, from: string): Promise<string> {
  const manifest = await readFile(join(from, 'package.json'), 'utf8').catch((cause: unknown) => {
    throw new QualmError('io', `bundle: npm has no such version of ${basename(from)}; choose another`, { cause });
  });
  const { version } = JSON.parse(manifest) as { readonly version: string };
  await mkdir(join(content, 'bin'));
  const program = join(content, 'bin/node');
  await rename(join(from, 'bin/node'), program);
  await withoutSymbols(program);
  await copyFile(join(from, 'LICENSE'), join(content, 'bin/LICENSE'));
  await rm(from, { recursive: true });
  return version;
}

/** What was installed, for those who want to know later: names, versions and hashes. */
async function contents(folder: string, platform: BundlePlatform, node: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as Lock;
  const packages = Object.entries(lock.packages).map(([path, { version = '', integrity = '' }]) => [
    path.replace(/^node_modules\//, ''),
    { version, integrity },
  ]);
  if (packages.length === 0) throw new QualmError('io', 'bundle: npm installed nothing');
  return `${JSON.stringify({ platform, node, packages: Object.fromEntries(packages) as object }, null, 1)}\n`;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}
