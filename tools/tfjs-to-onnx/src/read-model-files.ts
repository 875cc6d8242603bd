import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A parsed `model.json` and the joined bytes of its weight files. */
export async function readModelFiles(
  path: string,
): Promise<{ readonly modelJson: object; readonly weights: Uint8Array }> {
  const modelJson = JSON.parse(await readFile(path, 'utf8')) as { weightsManifest?: { paths: string[] }[] };
  const paths = (modelJson.weightsManifest ?? []).flatMap((group) => group.paths);
  const shards = await Promise.all(paths.map((shard) => readFile(join(dirname(path), shard))));
  return { modelJson, weights: Buffer.concat(shards) };
}
