import type { LoadedModel } from '@qualm/pipeline';
import type { ImageSource } from '@qualm/types';
import type { Reporter } from '../terminal/reporter.ts';

/** Says what a run would do, for `--dry-run`.
 * @param counted where rows are not images
 */
export async function reportPlan(
  source: ImageSource,
  { spec, device }: LoadedModel,
  out: string,
  reporter: Reporter,
  counted: { readonly boxes: number } | null = null,
): Promise<null> {
  const counts = counted ?? { images: source.length ?? (await countOf(source)) };
  for (const [things, count] of Object.entries(counts)) reporter.note(`${count} ${things} would go to ${out}`);
  await reporter.result({ dry_run: true, ...counts, model: spec.name, device, out });
  return null;
}

async function countOf(images: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const iterator = images[Symbol.asyncIterator]();
  while (!(await iterator.next()).done) count++;
  return count;
}
