import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { protosFolder, sparkProtos } from '../src/spark-protos.ts';

it("packages/spark/protos has Spark's own files, byte by byte", async () => {
  const ours = (await readdir(protosFolder, { recursive: true })).filter((name) => /\.proto$|^NOTICE$/.test(name));
  const texts = await Promise.all(
    ours.map(async (name) => [name, await readFile(join(protosFolder, name), 'utf8')] as const),
  );
  expect(Object.fromEntries(texts)).toEqual(await sparkProtos());
});
