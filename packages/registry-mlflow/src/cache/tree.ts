import { join } from 'node:path';
import { z } from 'zod';
import { readSmallFile } from '../stores/yaml-file.ts';

/** A model in the cache: which files it has, and what they hold. */
export interface Tree {
  /** Where it came from. */
  readonly location: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const treeSchema: z.ZodType<Tree> = z.object({
  location: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What a model's folder in the cache says of itself, null where it says nothing that can be read.
 */
export async function readTree(folder: string): Promise<Tree | null> {
  const text = await readSmallFile(join(folder, 'tree.json'));
  return text === null ? null : (treeSchema.safeParse(parseJson(text)).data ?? null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
