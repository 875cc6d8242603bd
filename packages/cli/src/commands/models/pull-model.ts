import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../terminal/exit-code.ts';
import { withRegistry } from '../../input/open-registry.ts';
import type { RegistryPlace } from '../../input/open-registry.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { transferProgress } from '../../terminal/transfer-progress.ts';
import { writeData } from '../../output/write-data.ts';

export interface PullOptions extends RegistryPlace {
  readonly out?: string | undefined;
  readonly verify?: true | undefined;
}

/** Fetches a model and prints the folder of its files: the cache's, or a copy of its own that later
 * runs can use offline.
 */
export async function pullModel(
  uri: string,
  { out, verify, ...place }: PullOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { cwd, signal, stdout } = terminal;
  const target = out === undefined ? null : resolve(cwd, out);
  if (target !== null && (await readdir(target).catch(() => [])).length > 0)
    throw new UsageError(`${out}: holds files already; choose another --out`);
  await withRegistry(place, terminal, async (registry) => {
    const onProgress = transferProgress('fetch', reporter);
    const { root, model } = await registry.pull(uri, { signal, onProgress, verify: verify === true });
    reporter.settle();
    if (target !== null) {
      await makeWhole(target, async (folder) => {
        await copyFolder(root, folder);
        if (model.spec) await writeFile(join(folder, 'qualm.json'), `${JSON.stringify(model.spec, null, 2)}\n`);
      });
    }
    if (model.why !== null) reporter.warn(`qualm cannot run it: ${model.why}`);
    else if (target !== null) reporter.note(`run it with --model ${join(out!, 'qualm.json')}`);
    await writeData(stdout, `${target ?? root}\n`);
  });
}

/** A folder that is there whole or not at all. */
async function makeWhole(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${folder}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(unfinished, { recursive: true });
    await fill(unfinished);
    // An empty one may be there.
    await rmdir(folder).catch(() => undefined);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const copy = join(to, path.slice(from.length));
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(path, copy);
  }
}
