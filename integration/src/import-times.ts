import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds that importing a package takes in a fresh process. */
export interface ImportTimes {
  readonly importMs: number;
  /** The same of a package that is one empty module, which this writes beside it: what Node itself
   * takes.
   */
  readonly emptyImportMs: number;
}

/** The medians of some runs, a run of the package and a run of the empty one in turn. */
export async function importTimes(name: string, cwd: string, runs: number): Promise<ImportTimes> {
  const empty = join(cwd, 'node_modules/empty-module');
  await mkdir(empty, { recursive: true });
  await writeFile(join(empty, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  await writeFile(join(empty, 'index.js'), '');
  const times: number[] = [];
  const emptyTimes: number[] = [];
  for (let i = 0; i < runs; i++) {
    emptyTimes.push(await importOnce('empty-module', cwd));
    times.push(await importOnce(name, cwd));
  }
  return { importMs: median(times), emptyImportMs: median(emptyTimes) };
}

async function importOnce(name: string, cwd: string): Promise<number> {
  const script = `const t = performance.now(); await import('${name}'); console.log(performance.now() - t)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd });
  return Number(stdout);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
