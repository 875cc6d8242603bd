import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** Writes `results/<name>.json`: what was found, on which machine, with which versions, when, and
 * how busy it was.
 */
export function writeResult(name: string, versions: Readonly<Record<string, unknown>>, found: object): void {
  const record = {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model,
      cores: availableParallelism(),
      platform: `${process.platform}-${process.arch}`,
      load: loadavg()[0],
    },
    versions: { node: process.versions.node, ...versions },
    ...found,
  };
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${withShortArrays(JSON.stringify(record, null, 2))}\n`);
}

/** Numbers of an array in one line. */
function withShortArrays(json: string): string {
  return json.replace(/\[\s+(-?\d[^[\]{}"]*?)\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`);
}
