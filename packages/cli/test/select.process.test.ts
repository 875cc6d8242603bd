import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as aq from 'arquero';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { lines, pictureNames, runCli, spawnCli, temporaryFolder } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';

const colours = {
  'sure.jpg': [255, 0, 0],
  'torn.jpg': [255, 255, 0],
  'leaning.jpg': [255, 160, 0],
  'deep/grey.jpg': [128, 128, 128],
} as const;

describe('qualm select', () => {
  let args: string[] = [];
  const setUp = async (): Promise<string> => {
    const folder = await temporaryFolder();
    const images = await writeImages(join(folder, 'photos'), colours);
    args = ['select', '--images', images, '--model', await writeToyModel(join(folder, 'model'))];
    return folder;
  };

  it.each([
    ['in this process', runCli],
    ['as an installed command', spawnCli],
  ])('writes lists, pictures and predictions, least sure first (%s)', async (_, start) => {
    const folder = await setUp();
    const { code, stdout, stderr } = await start([...args, '--out', 'found'], { cwd: folder });
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: '' });
    expect(stderr).toContain('ranked by the sum of 1 - margin over its boxes: which of the two best classes is it?');
    expect(stderr).toContain('least sure first (largest marginUncertainty), each with its box of greatest doubt:');
    expect(stderr).toMatch(
      /^   1  \d\.\d\d  \w+ \.\d\d or \w+ \.\d\d  grey\.jpg +box \d; 4 boxes\n   2  \d\.\d\d  .*  torn\.jpg +box \d; 4 boxes$/m,
    );
    const out = join(folder, 'found');
    expect(await pictureNames(out)).toEqual([
      'contact-sheet.jpg',
      'detections.csv',
      'images.csv',
      'pictures',
      'predictions',
      'report.html',
      'selection.json',
    ]);
    const pictures = await pictureNames(join(out, 'pictures'));
    expect(pictures).toEqual(['0001-grey.jpg', '0002-torn.jpg', '0003-leaning.jpg', '0004-sure.jpg']);
    for (const path of [...pictures.map((name) => join('pictures', name)), 'contact-sheet.jpg']) {
      expect((await sharp(join(out, path)).metadata()).format).toBe('jpeg');
    }
  });

  it('--exclude leaves out the images of a list, or the boxes of one, and predicts them all the same', async () => {
    const folder = await setUp();
    const more = ['--out', 'found', '--min-score', '0'];
    await runCli([...args, ...more], { cwd: folder });
    const listed = async (name: 'images' | 'detections', column: string): Promise<string[]> => {
      const text = await readFile(join(folder, 'found', `${name}.csv`), 'utf8');
      return aq.fromCSV(text, { autoType: false }).array(column) as string[];
    };
    const [images, boxes] = [await listed('images', 'image_id'), await listed('detections', 'box_index')];
    await writeFile(join(folder, 'done.txt'), `${images[0]}\nelsewhere.jpg\n`);
    const head = (await readFile(join(folder, 'found/detections.csv'), 'utf8')).split('\r\n').slice(0, 4);
    await writeFile(join(folder, 'boxes.csv'), `${head.join('\r\n')}\r\n`);
    const once = await runCli([...args, ...more, '--resume', '--exclude', 'done.txt'], { cwd: folder });
    expect(once).toMatchObject({ code: 0 });
    expect(once.stderr).toContain('warning: 1 of 2 images of done.txt is not among the predictions');
    expect(await listed('images', 'image_id')).toEqual(images.slice(1));
    await runCli([...args, ...more, '--resume', '--exclude', 'boxes.csv'], { cwd: folder });
    expect(await listed('detections', 'box_index')).toEqual(boxes.slice(3));
    expect(await listed('images', 'image_id')).toHaveLength(images.length);
    const none = await runCli([...args, ...more, '--resume', '--exclude', 'none.txt'], { cwd: folder });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('none.txt')]);
  });

  it('selection.json holds the images in the order of their margins, which are those of the colours', async () => {
    const folder = await setUp();
    await runCli([...args, '--out', 'found'], { cwd: folder });
    const selection = JSON.parse(await readFile(join(folder, 'found/selection.json'), 'utf8')) as {
      strategy: unknown;
      counts: unknown;
      images: {
        rank: number;
        image_id: string;
        marginUncertainty: number;
        boxes: number;
        width: number;
        height: number;
      }[];
    };
    expect(selection.strategy).toMatchObject({ name: 'margin', order: 'ascending' });
    const none = { belowMinScore: 0, withoutBoxes: 0, notANumber: 0 };
    expect(selection.counts).toEqual({ images: 4, failed: 0, boxes: 16, ...none });
    expect(selection.images.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(selection.images.map(({ image_id }) => image_id)).toEqual([
      'deep/grey.jpg',
      'torn.jpg',
      'leaning.jpg',
      'sure.jpg',
    ]);
    for (const { image_id, marginUncertainty, boxes, width, height } of selection.images) {
      expect({ boxes, width, height }).toEqual({ boxes: 4, width: 64, height: 48 });
      // A JPEG of one colour comes back within 2 of 255, which four times the softmax makes at most
      // 0.03.
      if (image_id === 'torn.jpg') continue;
      const margin = 1 - marginUncertainty / boxes;
      expect(Math.abs(margin - marginOf(colours[image_id as keyof typeof colours]))).toBeLessThan(0.03);
    }
  });

  it('its lists are what rank gives of its predictions', async () => {
    const folder = await setUp();
    await runCli([...args, '--out', 'found', '--strategy', 'entropy'], { cwd: folder });
    for (const level of ['images', 'detections']) {
      const { code, stdout } = await runCli(['rank', 'found/predictions', '--strategy', 'entropy', '--level', level], {
        cwd: folder,
      });
      expect(code).toBe(0);
      expect(stdout).toBe(await readFile(join(folder, `found/${level}.csv`), 'utf8'));
    }
  });

  it('--json gives NDJSON that ends in the one result, and nothing else on stdout', async () => {
    const folder = await setUp();
    const { code, stdout, stderr } = await spawnCli([...args, '--out', 'found', '--json'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const events = lines(stdout);
    expect(events.filter(({ type }) => type === 'result')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      type: 'result',
      done: 4,
      failed: 0,
      skipped: 0,
      images: 4,
      boxes: 16,
      failures: [],
      files: { images: join(folder, 'found/images.csv') },
    });
    expect(events.slice(0, -1).every(({ type }) => type === 'progress')).toBe(true);
  });

  it('--top 0 draws nothing, --limit takes the first images alone', async () => {
    const folder = await setUp();
    const { code } = await runCli([...args, '--out', 'found', '--top', '0', '--limit', '2'], { cwd: folder });
    expect(code).toBe(0);
    const found = await readdir(join(folder, 'found'));
    expect(found).not.toContain('pictures');
    expect((await readFile(join(folder, 'found/images.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(3);
  });

  it('--dry-run checks images and model, and writes nothing', async () => {
    const folder = await setUp();
    const { code, stdout, stderr } = await runCli([...args, '--out', 'found', '--dry-run', '--json'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(lines(stdout)).toEqual([expect.objectContaining({ type: 'result', dry_run: true, images: 4 })]);
    expect((await readdir(folder)).sort()).toEqual(['model', 'photos']);
  });

  it('a folder that holds predictions is refused, and --resume takes it as it is', async () => {
    const folder = await setUp();
    await runCli([...args, '--out', 'found'], { cwd: folder });
    const again = await runCli([...args, '--out', 'found'], { cwd: folder });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume') as string });
    const resumed = await runCli([...args, '--out', 'found', '--resume'], { cwd: folder });
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('4 of 4 images are done') as string });
    const other = await runCli([...args, '--out', 'found', '--resume', '--shard-rows', '2'], { cwd: folder });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('rowsPerShard') as string });
  });

  beforeAll(() => expect(marginOf([255, 0, 0])).toBeCloseTo(0.947, 3));
});

/** The softmax of four times the colour: best less second best. */
function marginOf(colour: readonly number[]): number {
  const powers = colour.map((value) => Math.exp((4 * value) / 255)).sort((a, b) => b - a);
  const sum = powers.reduce((total, power) => total + power, 0);
  return (powers[0]! - powers[1]!) / sum;
}
