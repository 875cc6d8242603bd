import type { LoadedModel } from '@qualm/pipeline';
import type { ImageSource } from '@qualm/types';
import type { Reporter } from '../terminal/reporter.ts';

/** Says what a run would do, for `--dry-run`. */
export async function reportPlan(
  source: ImageSource,
  { spec, device }: LoadedModel,
  out: string,
  reporter: Reporter,
): Promise<null> {
  const length = source.length ?? (await countOf(source));
  reporter.note(`${length} images would go to ${out}`);
  await reporter.result({ dry_run: true, images: length, model: spec.name, device, out });
  return null;
}

async function countOf(images: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const iterator = images[Symbol.asyncIterator]();
  while (!(await iterator.next()).done) count++;
  return count;
}
