import type { SelectedImages } from './facade/selected-images.ts';
import type { SelectSettings } from './facade/select.ts';

export { exitCode } from './terminal/exit-code.ts';
export type { PageSettings, SelectedImages } from './facade/selected-images.ts';
export type { SelectSettings } from './facade/select.ts';
export type { WrittenReport } from './output/write-report.ts';
export { run } from './run.ts';
export type { Terminal } from './terminal/terminal.ts';

/** Runs a model over images and ranks what it is unsure about: the whole job of `qualm select`, as
 * values, with the same defaults. An image that cannot be read is a row with an error.
 * @throws QualmError when the images or the model cannot be opened, `aborted` by the signal;
 * UsageError for a strategy that there is not; RangeError for settings that are not as they should
 * be.
 * @example const { images, boxes } = await select({ images: 'photos', model: 'yolox-nano.json' });
 */
export async function select(settings: SelectSettings): Promise<SelectedImages> {
  // What it needs is loaded with the first call: the command line must start at once.
  const { selectImages } = await import('./facade/select.ts');
  return selectImages(settings);
}
