import type { ImageModel } from '@qualm/pipeline';
import type { ImageSource } from '@qualm/types';
import type { Reporter } from './reporter.ts';

/** Says what a run would do, for `--dry-run`. */
export async function reportPlan(
  { length }: ImageSource,
  { spec, device }: ImageModel,
  out: string,
  reporter: Reporter,
): Promise<null> {
  reporter.note(`${length} images would go to ${out}`);
  await reporter.result({ dry_run: true, images: length, model: spec.name, device, out });
  return null;
}
