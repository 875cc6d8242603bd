import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entropy } from '@qualm/strategies';
import type { HeadDefinition } from '@qualm/types';
import { heads } from '@qualm/vision/heads';
import { describe, expect, it } from 'vitest';
import { select } from '../src/index.ts';
import { runCli } from './run-cli.ts';
import { toySpec } from './toy-model.ts';
import { toyProject } from './toy-run.ts';

describe('select(settings)', () => {
  it('gives what the command writes, with its defaults', async () => {
    const folder = await toyProject();
    const settings = { images: join(folder, 'photos'), model: join(folder, 'model/quarters.json') };
    const selection = await select(settings);
    await runCli(['select', '--images', 'photos', '--model', 'model/quarters.json', '--out', 'out'], { cwd: folder });
    const written = JSON.parse(await readFile(join(folder, 'out/selection.json'), 'utf8')) as {
      images: Record<string, unknown>[];
      counts: unknown;
    };
    const json = JSON.parse(JSON.stringify(selection.toTable().objects())) as unknown;
    expect(json).toEqual(written.images);
    expect(selection.counts).toEqual(written.counts);
    const csv = await readFile(join(folder, 'out/detections.csv'), 'utf8');
    expect(selection.boxes.length).toBe(csv.trim().split('\r\n').length - 1);
    expect(selection.toTable('boxes').columnNames()).toContain(selection.choice.strategy.name);
  });

  it('keeps predictions in a folder where one is named, and ranks them alike', async () => {
    const folder = await toyProject();
    const settings = {
      images: [join(folder, 'photos/a.jpg'), join(folder, 'photos/b.jpg')],
      model: join(folder, 'model/quarters.json'),
      strategy: entropy,
      aggregate: 'top-mean:2',
    };
    const inMemory = await select(settings);
    const progress: number[] = [];
    const predictions = join(folder, 'kept');
    const kept = await select({ ...settings, predictions, onProgress: ({ done }) => progress.push(done) });
    expect(kept.predictions).toBe(predictions);
    expect(kept.toTable('boxes').objects()).toEqual(inMemory.toTable('boxes').objects());
    expect(progress.at(-1)).toBe(2);
    const again = await select({ ...settings, predictions });
    expect(again.toTable().objects()).toEqual(kept.toTable().objects());
  });

  it('takes heads of your own', async () => {
    const folder = await toyProject();
    const model = join(folder, 'model/quarters.json');
    const images = join(folder, 'photos');
    const usual = await select({ images, model });
    const quarters: HeadDefinition = { ...heads.ssd, type: 'quarters' };
    await writeFile(model, JSON.stringify({ ...toySpec, head: { ...toySpec.head, type: 'quarters' } }));
    await expect(select({ images, model })).rejects.toThrow('head.type is "quarters"');
    const own = await select({ images, model, heads: { ...heads, quarters } });
    expect(own.toTable('boxes').objects()).toEqual(usual.toTable('boxes').objects());
  });

  it('names its settings, not the options of the command, where a file is missing', async () => {
    const folder = await toyProject();
    await rm(join(folder, 'model/quarters.onnx'));
    const settings = { images: join(folder, 'photos'), model: join(folder, 'model/quarters.json') };
    await expect(select(settings)).rejects.toThrow('or give its folder as modelRoot');
  });

  it('writes the page', async () => {
    const folder = await toyProject();
    const selection = await select({ images: join(folder, 'photos'), model: join(folder, 'model/quarters.json') });
    const { cells, missing } = await selection.report(join(folder, 'page.html'), { by: 'image', title: 'Toys' });
    expect([cells, missing]).toEqual([3, 0]);
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('Toys');
  });

  it.each([
    [undefined, 'select: its settings is undefined'],
    [{ images: 'photos' }, 'select: model is undefined'],
    [{ model: 'a.json' }, 'select: images is undefined'],
    [{ model: 'a.json', images: [] }, 'select: images is an array of 0'],
    [{ model: 'a.json', images: 'x', aggregate: 'most' }, 'expected least-sure'],
    [{ model: 'a.json', images: 'x', strategy: 'most' }, '"most" is unknown'],
  ])('refuses %j', async (settings, message) => {
    await expect(select(settings as never)).rejects.toThrow(message);
  });
});
