import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './repository.ts';

/** The path of a copy of an example's model spec with other options of its head. */
export async function specWithHead(name: string, head: Readonly<Record<string, unknown>>): Promise<string> {
  const spec = JSON.parse(await readFile(join(root, 'examples/models', `${name}.json`), 'utf8')) as { head: object };
  const folder = join(cache, 'integration/specs');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}-${Object.keys(head).join('-') || 'as-is'}.json`);
  await writeFile(path, JSON.stringify({ ...spec, head: { ...spec.head, ...head } }));
  return path;
}
