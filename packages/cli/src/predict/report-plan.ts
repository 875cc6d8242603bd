import type { LoadedModel } from '@qualm/pipeline';
import { counted } from '@qualm/types';
import type { ImageSource } from '@qualm/types';
import type { Reporter } from '../terminal/reporter.ts';

/** Says what a run would do, for `--dry-run`.
 * @param numBoxes where rows are boxes, not images
 */
export async function reportPlan(
  source: ImageSource,
  { spec, device }: LoadedModel,
  out: string,
  reporter: Reporter,
  numBoxes: number | null = null,
): Promise<null> {
  const counts = numBoxes === null ? { images: source.length ?? (await countOf(source)) } : { boxes: numBoxes };
  const rows = 'images' in counts ? counted(counts.images, 'image') : counted(counts.boxes, 'box', 'boxes');
  reporter.note(`${rows} would go to ${out}`);
  await reporter.result({ dry_run: true, ...counts, model: spec.name, device, out });
  return null;
}

async function countOf(images: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const iterator = images[Symbol.asyncIterator]();
  while (!(await iterator.next()).done) count++;
  return count;
}
