import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './repository.ts';

type Part = Readonly<Record<string, unknown>>;

/** The path of a copy of an example's model spec with other options of its head and its input. */
export async function specWith(name: string, parts: Readonly<Record<'head' | 'input', Part>>): Promise<string> {
  const text = await readFile(join(root, 'examples/models', `${name}.json`), 'utf8');
  const spec = JSON.parse(text) as Record<'head' | 'input', Part>;
  const { head, input } = parts;
  const folder = join(cache, 'integration/specs');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${[name, ...Object.keys(head), ...Object.values(input)].join('-')}.json`);
  await writeFile(
    path,
    JSON.stringify({ ...spec, head: { ...spec.head, ...head }, input: { ...spec.input, ...input } }),
  );
  return path;
}
