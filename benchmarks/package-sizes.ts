/** What each public package weighs: its tarball, its own files, and a project that installs it
 * alone with all it needs; and how long importing it takes, the median of 25 fresh processes,
 * beside that of an empty module, taken in turn with it. Reaches the npm registry.
 *
 *   npm run build && npx tsx benchmarks/package-sizes.ts
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderSize } from '../integration/src/folder-size.ts';
import { importTimes } from '../integration/src/import-times.ts';
import { installPacked, packPackages } from '../integration/src/packed-package.ts';

const scratch = await mkdtemp(join(tmpdir(), 'qualm-sizes-'));
const packed = await packPackages(scratch);
const packages: Record<string, Record<string, number>> = {};
for (const [name, { size, unpackedSize }] of packed) {
  const project = await mkdtemp(join(scratch, 'project-'));
  await installPacked(name, packed, project);
  const installed = await folderSize(join(project, 'node_modules'));
  const { importMs, emptyImportMs } = await importTimes(name, project, 25);
  packages[name] = {
    tarballBytes: size,
    unpackedBytes: unpackedSize,
    installedBytes: installed,
    importMs: Number(importMs.toFixed(1)),
    emptyImportMs: Number(emptyImportMs.toFixed(1)),
  };
  console.log(name, packages[name]);
  await rm(project, { recursive: true });
}
await rm(scratch, { recursive: true });
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
const results = join(import.meta.dirname, 'results');
await mkdir(results, { recursive: true });
await writeFile(join(results, 'package-sizes.json'), `${JSON.stringify({ machine, packages }, null, 2)}\n`);
