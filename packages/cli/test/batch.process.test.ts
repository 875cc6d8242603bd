import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { inputs, toyProject } from './toy-run.ts';

type Row = Record<string, unknown>;

/** Six photographs of two videos and one that belongs to none; red leads in the first, green in the
 * second.
 */
async function videos(): Promise<string> {
  const folder = await toyProject();
  await writeImages(join(folder, 'photos'), {
    ...{ 'red-1.jpg': [255, 200, 0], 'red-2.jpg': [255, 220, 0], 'red-3.jpg': [255, 240, 0] },
    ...{ 'green-1.jpg': [100, 255, 0], 'green-2.jpg': [150, 255, 0] },
  });
  await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
  return folder;
}

async function batch(
  folder: string,
  ...more: readonly string[]
): Promise<{ rows: Row[]; stderr: string; code: number | null }> {
  const { stdout, stderr, code } = await runCli(['batch', 'predictions', '--json', ...more], { cwd: folder });
  return { rows: code === 0 ? (JSON.parse(stdout) as Row[]) : [], stderr, code };
}

const idsOf = (rows: readonly Row[]): unknown[] => rows.map(({ image_id }) => image_id);

describe('qualm batch', () => {
  it('chooses the least sure images, and says why', async () => {
    const folder = await videos();
    const { code, stdout } = await spawnCli(['batch', 'predictions', '--count', '2'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout.split('\r\n')[0]).toBe(
      'rank,image_id,image,boxes,box_index,label,score,second_label,second_score,box_margin,marginUncertainty,reason',
    );
    const { rows } = await batch(folder, '--count', '3');
    expect(idsOf(rows)).toEqual(['c.jpg', 'red-3.jpg', 'red-2.jpg']);
    expect(rows[1]).toMatchObject({
      rank: 2,
      label: 'red',
      reason: expect.stringMatching(
        /^2nd by marginUncertainty \(3\.54\); in greatest doubt red 0\.\d\d or green 0\.\d\d, box \d$/,
      ) as string,
    });
  });

  it('--group-by a pattern takes no two of a video', async () => {
    const folder = await videos();
    const { rows, stderr } = await batch(folder, '--count', '9', '--group-by', '^([a-z]+)-');
    expect(idsOf(rows)).toEqual(['c.jpg', 'red-3.jpg', 'b.jpg', 'green-2.jpg', 'a.jpg']);
    expect(rows.map(({ group }) => group)).toEqual([null, 'red', null, 'green', null]);
    expect(rows[2]!['reason']).toContain('passing over 2 of group red');
    expect(stderr).toContain('warning: 5 of 9 images: the limits, or the images, allow no more');
    const two = await batch(folder, '--count', '9', '--group-by', '^([a-z]+)-', '--max-per-group', '2');
    expect(two.rows).toHaveLength(7);
  });

  it('--group-by folder fills the batch from all folders alike, and from one where there is no other', async () => {
    const folder = await videos();
    const flat = await batch(folder, '--count', '4', '--group-by', 'folder');
    expect(idsOf(flat.rows)).toEqual(['c.jpg', 'red-3.jpg', 'red-2.jpg', 'red-1.jpg']);
    expect(flat.stderr).toContain('1 folder: up to 4 images of each');
    const { rows } = await batch(folder, '--count', '4', '--group-by', 'folder', '--max-per-group', '1');
    expect(idsOf(rows)).toEqual(['c.jpg']);
  });

  it('--group-by folder takes as many of each folder as fill the batch', async () => {
    const folder = await toyProject();
    const names = ['sky/1', 'sky/2', 'sky/3', 'sea/1', 'sea/2', 'land/1'];
    const colours = names.map((name, i) => [`${name}.jpg`, [255, 250 - 10 * i, 0]] as const);
    await writeImages(join(folder, 'trips'), Object.fromEntries(colours));
    const model = ['--model', 'model/quarters.json', '--out', 'predictions'];
    await runCli(['predict', '--images', 'trips', ...model], { cwd: folder });
    const three = await batch(folder, '--count', '3', '--group-by', 'folder');
    expect(idsOf(three.rows)).toEqual(['sky/1.jpg', 'sea/1.jpg', 'land/1.jpg']);
    const five = await batch(folder, '--count', '5', '--group-by', 'folder');
    expect(idsOf(five.rows)).toEqual(['sky/1.jpg', 'sky/2.jpg', 'sea/1.jpg', 'sea/2.jpg', 'land/1.jpg']);
  });

  it('--balance and --quota go by the class of the least sure box', async () => {
    const folder = await videos();
    const even = await batch(folder, '--count', '4', '--balance');
    expect(even.rows.map(({ label }) => label)).toEqual(['red', 'green', 'red', 'green']);
    const most = await batch(folder, '--count', '3', '--quota', 'red=1');
    expect(most.rows.map(({ label }) => label)).toEqual(['red', 'green', 'green']);
    const least = await batch(folder, '--count', '2', '--quota', 'green=2:');
    expect(least.rows.map(({ label }) => label)).toEqual(['green', 'green']);
    const unmet = await batch(folder, '--count', '5', '--quota', 'green=4:9');
    expect(unmet.stderr).toContain('warning: class green: 2 of at least 4 images could be picked');
  });

  it('--budget and --labelled', async () => {
    const folder = await videos();
    await writeFile(join(folder, 'done.txt'), 'c.jpg\nred-3.jpg\n');
    const run = ['--budget', '100', '--cost-per-image', '10', '--cost-per-box', '5', '--labelled', 'done.txt'];
    const { rows } = await batch(folder, ...run);
    expect(idsOf(rows)).toEqual(['red-2.jpg', 'red-1.jpg', 'b.jpg']);
    expect(rows.map(({ boxes, cost }) => [boxes, cost])).toEqual(Array.from({ length: 3 }, () => [4, 30]));
  });

  it('--empty says whether images without a box are chosen first', async () => {
    const folder = await videos();
    const first = await batch(folder, '--count', '1', '--min-score', '0.52', '--empty', 'first');
    expect(first.rows[0]).toMatchObject({ boxes: 0, label: null });
    const last = await batch(folder, '--count', '1', '--min-score', '0.52', '--empty', 'last');
    expect(last.rows[0]!['boxes']).toBeGreaterThan(0);
  });
});
