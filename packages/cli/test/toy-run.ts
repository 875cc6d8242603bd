import { join } from 'node:path';
import { runCli, temporaryFolder } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';

/** A folder with the toy model, `model/quarters.json`, and three photographs: sure, leaning to
 * green, and torn.
 */
export async function toyProject(): Promise<string> {
  const folder = await temporaryFolder();
  await writeImages(join(folder, 'photos'), { 'a.jpg': [255, 0, 0], 'b.jpg': [255, 160, 0], 'c.jpg': [255, 255, 0] });
  await writeToyModel(join(folder, 'model'));
  return folder;
}

/** What names the images and the model of a toy project. */
export const inputs = ['--images', 'photos', '--model', 'model/quarters.json'] as const;

/** A toy project with predictions, in `predictions/`. */
export async function toyPredictions(...more: readonly string[]): Promise<string> {
  const folder = await toyProject();
  await runCli(['predict', ...inputs, '--out', 'predictions', ...more], { cwd: folder });
  return folder;
}
