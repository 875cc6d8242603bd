import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { lines, runCli } from './run-cli.ts';
import { inputs, toyProject } from './toy-run.ts';

/** Three photographs of 64 x 48, of which a is turned by EXIF, and b was shrunk, after they were
 * labelled; of c nothing is found.
 */
async function labelledProject(): Promise<string> {
  const folder = await toyProject();
  const photo = join(folder, 'photos/a.jpg');
  await writeFile(
    photo,
    await sharp(await readFile(photo))
      .withMetadata({ orientation: 6 })
      .toBuffer(),
  );
  const sizes = { 'a.jpg': [64, 48], 'b.jpg': [128, 96], 'c.jpg': [64, 48] };
  const images = Object.entries(sizes).map(([file_name, [width, height]], at) => ({
    id: at + 1,
    file_name,
    width,
    height,
  }));
  const annotations = images.map(({ id }) => ({
    id,
    image_id: id,
    category_id: 1,
    bbox: [0, 0, 32, 24],
    area: 768,
    iscrowd: 0,
  }));
  const categories = [{ id: 1, name: 'red' }];
  await writeFile(join(folder, 'coco.json'), JSON.stringify({ images, annotations, categories }));
  const run = ['predict', ...inputs, '--coco', 'coco.json', '--out', 'predictions', '--form', 'detections', '--json'];
  const { stdout, stderr } = await runCli(run, { cwd: folder });
  expect(lines(stdout).at(-1)).toMatchObject({ sizeDifferences: { turned: 1, 'another size': 1 } });
  expect(stderr).toContain('1 image turned (by EXIF) after labelling: image 1 is 48 x 64 as it is shown, 64 x 48 in');
  expect(stderr).toContain(
    '1 image of another size than the COCO file says: image 2 is 64 x 48 as it is shown, 128 x 96',
  );
  return folder;
}

it('errors and report compare no labels that lie on other pixels, and say so', async () => {
  const folder = await labelledProject();
  const errors = await runCli(['errors', 'predictions', '--coco', 'coco.json', '--level', 'images', '--json'], {
    cwd: folder,
  });
  expect((JSON.parse(errors.stdout) as { image_id: number }[]).map(({ image_id }) => image_id)).toEqual([3]);
  expect(errors.stderr).toContain('1 image turned (by EXIF) after labelling: image 1 is 48 x 64');
  expect(errors.stderr).not.toContain('have no predictions');
  const report = await runCli(['report', 'predictions', '--coco', 'coco.json', '--out', 'report.html'], {
    cwd: folder,
  });
  expect(report.stderr).toContain('1 image of another size than labelled says: image 2 is 64 x 48 as it is shown');
});
