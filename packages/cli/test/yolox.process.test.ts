import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lines, pictureNames, runCli, spawnCli, temporaryFolder } from './run-cli.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? join(repository, '../shared/data');
const weights = join(data, 'models/yolox_nano.onnx');
const hasData = existsSync(weights);
if (!hasData) console.warn(`skipped: the command line on photographs; set QUALM_TEST_DATA (no ${weights})`);

describe.skipIf(!hasData)('qualm on photographs of COCO with yolox-nano', () => {
  const limit = 12;
  const coco = join(data, 'coco-val2017');
  const model = ['--model', join(repository, 'examples/models/yolox-nano.json'), '--model-root', join(data, 'models')];
  const images = ['--coco', join(coco, 'instances.json'), '--images', join(coco, 'images'), '--limit', String(limit)];

  it('select finds, ranks and draws', async () => {
    const folder = await temporaryFolder();
    const run = ['select', ...images, ...model, '--out', 'found', '--top', '6', '--json'];
    const { code, stdout, stderr } = await spawnCli(run, { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'result', images: limit, failed: 0, done: limit });
    const selection = JSON.parse(await readFile(join(folder, 'found/selection.json'), 'utf8')) as {
      strategy: { name: string };
      images: { entropyPerLabelSum: number | null; boxes: number }[];
    };
    expect(selection.strategy.name).toBe('entropyPerLabelSum');
    const doubts = selection.images.map(({ entropyPerLabelSum }) => entropyPerLabelSum ?? -Infinity);
    expect(doubts).toEqual([...doubts].sort((a, b) => b - a));
    expect(doubts[0]).toBeGreaterThan(1);
    expect(selection.images.reduce((sum, { boxes }) => sum + boxes, 0)).toBeGreaterThan(limit);
    expect(await pictureNames(join(folder, 'found/pictures'))).toHaveLength(6);
    expect((await sharp(join(folder, 'found/contact-sheet.jpg')).metadata()).format).toBe('jpeg');
    for (const level of ['images', 'detections']) {
      const ranked = await runCli(['rank', 'found/predictions', '--level', level, '--limit', '10000'], { cwd: folder });
      expect(ranked.stdout).toBe(await readFile(join(folder, `found/${level}.csv`), 'utf8'));
    }
  });

  it('the first lines of the README work as they stand', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'photos'));
    for (const name of (await readdir(join(coco, 'images'))).slice(0, 4)) {
      await copyFile(join(coco, 'images', name), join(folder, 'photos', name));
    }
    await copyFile(join(repository, 'examples/models/yolox-nano.json'), join(folder, 'yolox-nano.json'));
    await copyFile(weights, join(folder, 'yolox_nano.onnx'));
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, line = ''] = /^qualm (select .*)$/m.exec(readme) ?? [];
    expect(await spawnCli(line.split(' '), { cwd: folder })).toMatchObject({ code: 0, stdout: '' });
    const [, listed = ''] = /^`selection\/` then holds ([^]*?)\n\n/m.exec(readme) ?? [];
    const named = [...listed.matchAll(/`([^`]+)`/g)].map(([, name]) => name!.replace(/\/$/, ''));
    const visible = (await readdir(join(folder, 'selection'))).filter((name) => !name.startsWith('.'));
    expect(visible.sort()).toEqual(named.sort());
  });
});
