import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { BundlePlatform } from './bundle.ts';
import { elfPlatform } from './elf-platform.ts';

/** Leaves out what a worker on that platform does not need: libraries of others, types, sources and
 * maps of ours, links of npm.
 * @param modules the folder `node_modules`.
 */
export async function prune(modules: string, platform: BundlePlatform): Promise<void> {
  await remove(modules, ['.bin', '.package-lock.json']);
  const [system = '', machine = ''] = platform.split('-');
  const runtime = join(modules, 'onnxruntime-node/bin');
  for (const api of await names(runtime)) {
    for (const other of await names(join(runtime, api))) {
      if (other !== system) await remove(join(runtime, api), [other]);
      else
        await remove(
          join(runtime, api, other),
          (await names(join(runtime, api, other))).filter((name) => name !== machine),
        );
    }
  }
  const ours = join(modules, '@qualm');
  for (const name of await names(ours)) {
    await remove(join(ours, name), ['src', 'assembly', 'bin', 'test']);
    const files = await readdir(join(ours, name), { recursive: true });
    await remove(
      join(ours, name),
      files.filter((file) => /\.(d\.ts|map)$/.test(file)),
    );
  }
}

/** @throws QualmError `io` where a program or library is of another platform than the bundle. */
export async function assertPlatform(folder: string, platform: BundlePlatform): Promise<void> {
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    /\.node$|\.so(\.\d+)*$|^bin.node$/.test(file),
  );
  const found = await Promise.all(files.map(async (file) => ({ file, of: await elfPlatform(join(folder, file)) })));
  const wrong = found.find(({ of }) => of !== platform);
  if (wrong) throw new QualmError('io', `bundle: ${wrong.file} is of ${wrong.of ?? 'no Linux'}, expected ${platform}`);
  if (found.length < 3) throw new QualmError('io', `bundle: npm installed no libraries for ${platform}`);
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function remove(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await rm(join(folder, file), { recursive: true, force: true });
}
