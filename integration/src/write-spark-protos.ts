/** Writes Spark's own protocol files into `packages/spark/protos`.
 *
 *   npx tsx integration/src/write-spark-protos.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { protosFolder, sparkProtos } from './spark-protos.ts';

for (const [name, text] of Object.entries(await sparkProtos())) {
  await mkdir(dirname(join(protosFolder, name)), { recursive: true });
  await writeFile(join(protosFolder, name), text);
}
