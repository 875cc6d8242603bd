import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './repository.ts';
import { sparkHome } from './spark.ts';

const run = promisify(execFile);

/** Where the package `spark` keeps Spark's own files. */
export const protosFolder: string = join(root, 'packages/spark/protos');

const jar = {
  name: 'spark-connect_2.13-4.3.0.jar',
  sha256: 'a0903c95564f0f500bf697619445d0baa4c589074bd1f8dae17a3a1cf502198e',
};

const program = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as jar:
    wanted = ('spark/connect/', 'google/rpc/status.', 'google/rpc/error_details.')
    names = [name for name in jar.namelist() if name.startswith(wanted) and name.endswith('.proto')]
    files = {name: jar.read(name).decode() for name in names}
    files['NOTICE'] = jar.read('META-INF/NOTICE').decode()
print(json.dumps(files))
`;

/** Spark's own protocol files, those of Google's that its errors use, and its notice, by their
 * names, out of the jar that pyspark brings.
 * @throws Error when the jar is another than the one whose hash is known.
 */
export async function sparkProtos(): Promise<Readonly<Record<string, string>>> {
  const path = join(await sparkHome('4.3'), 'jars', jar.name);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (sha256 !== jar.sha256) throw new Error(`spark protos: ${jar.name} has the SHA-256 ${sha256}, not ${jar.sha256}`);
  const { stdout } = await run('python3', ['-c', program, path], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as Record<string, string>;
}
