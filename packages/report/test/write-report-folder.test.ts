import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReport, writeReportFolder } from '../src/index.ts';
import type { PlacedThumbnail } from '../src/index.ts';
import { thumbnailAt, wholeAt } from '../src/page/cells/cell-at.ts';
import type { ReportData } from '../src/report-data.ts';
import { cell, options, png } from './cells.ts';

const dataIn = (html: string): ReportData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as ReportData;
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'qualm-report-'));

describe('writeReportFolder(folder, cells, options)', () => {
  it('is the page of createReport with its pictures beside it', async () => {
    const to = join(await folder(), 'deep', 'report');
    const cells = [
      cell('a'),
      cell('b', { thumbnail: null }),
      cell('c', { thumbnail: { bytes: png, type: 'image/webp' } }),
    ];
    const { page, cells: count, bytes } = await writeReportFolder(to, cells, options);
    const html = await readFile(page, 'utf8');
    const data = dataIn(html);
    expect([data.pictureFolder, data.cells.src]).toEqual([`thumbnails/${data.id}/`, ['0/0.png', null, '0/2.webp']]);
    expect(data.id).toBe(dataIn(createReport(cells, options)).id);
    expect(await readFile(join(to, thumbnailAt(data, 0).src!))).toEqual(png);
    expect([page, count, bytes]).toEqual([join(to, 'index.html'), 3, Buffer.byteLength(html) + 2 * png.length]);
    expect(html).toContain("default-src 'none'; img-src data: 'self' file:;");
  });

  it('has whole images beside their parts, as createReport has them', async () => {
    const to = await folder();
    const whole = { bytes: png, type: 'image/png' } as const;
    const cells = [cell('a', { thumbnail: null }), cell('b', { whole }), cell('c')];
    const { page } = await writeReportFolder(to, cells, options);
    const data = dataIn(await readFile(page, 'utf8'));
    expect(data.cells.whole).toEqual([null, '0/1-whole.png']);
    expect(await readFile(join(to, wholeAt(data, 1)!.src!))).toEqual(png);
    const alone = dataIn(createReport(cells, options));
    expect(alone.cells.whole).toEqual([null, `data:image/png;base64,${png.toString('base64')}`]);
    expect([alone.id, dataIn(createReport([cell('a'), cell('b'), cell('c')], options)).id]).toEqual([data.id, data.id]);
    const wrong = [cell('a', { whole: { bytes: 'text' as never, type: 'image/png' } })];
    expect(() => createReport(wrong, options)).toThrow('its whole');
  });

  it('takes pictures as they are made, in any order, a thousand to a folder', async () => {
    const to = await folder();
    async function* pictures(): AsyncGenerator<PlacedThumbnail> {
      for (const place of [1000, 0])
        yield await Promise.resolve({ place, thumbnail: { bytes: png, type: 'image/png' } });
    }
    const cells = Array.from({ length: 1001 }, (_, index) => cell(String(index), { thumbnail: null }));
    const { page } = await writeReportFolder(to, cells, { ...options, pictures: pictures() });
    const { pictureFolder, cells: written } = dataIn(await readFile(page, 'utf8'));
    const { src } = written;
    expect([src[0], src[1], src[1000]]).toEqual(['0/0.png', null, '1/1000.png']);
    expect(await readdir(join(to, pictureFolder))).toEqual(['0', '1']);
  });

  it('leaves a report as it was until the new one is whole', async () => {
    const to = await folder();
    const { page } = await writeReportFolder(to, [cell('a'), cell('b')], options);
    await mkdir(join(to, 'thumbnails/my own'));
    const before = await readFile(page, 'utf8');
    async function* broken(): AsyncGenerator<PlacedThumbnail> {
      yield await Promise.resolve({ place: 0, thumbnail: { bytes: Buffer.of(1), type: 'image/png' } });
      throw new Error('stopped');
    }
    await expect(writeReportFolder(to, [cell('c')], { ...options, pictures: broken() })).rejects.toThrow('stopped');
    expect(await readFile(page, 'utf8')).toBe(before);
    const earlier = dataIn(before);
    for (const place of [0, 1]) expect(await readFile(join(to, thumbnailAt(earlier, place).src!))).toEqual(png);
    await writeReportFolder(to, [cell('c')], options);
    const { id } = dataIn(await readFile(page, 'utf8'));
    expect((await readdir(join(to, 'thumbnails'))).sort()).toEqual([id, 'my own'].sort());
  });

  it('writes over a report, and over no page of somebody else', async () => {
    const to = await folder();
    await writeReportFolder(to, [cell('a')], options);
    await writeReportFolder(to, [cell('b')], options);
    const page = join(to, 'index.html');
    expect(dataIn(await readFile(page, 'utf8')).cells.id).toEqual(['b']);
    await writeFile(page, '<h1>My site</h1>');
    await expect(writeReportFolder(to, [cell('a')], options)).rejects.toThrow('is not a report of qualm');
    expect(await readFile(page, 'utf8')).toBe('<h1>My site</h1>');
  });

  it('refuses a picture of no cell, and says which folder cannot be written', async () => {
    async function* pictures(): AsyncGenerator<PlacedThumbnail> {
      yield await Promise.resolve({ place: 1, thumbnail: { bytes: png, type: 'image/png' } });
    }
    const to = await folder();
    await expect(writeReportFolder(to, [cell('a')], { ...options, pictures: pictures() })).rejects.toThrow(
      'a picture of cell 1, of 1',
    );
    await writeFile(join(to, 'file'), '');
    await expect(writeReportFolder(join(to, 'file'), [cell('a')], options)).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining(`writing into "${join(to, 'file')}" failed`) as string,
    });
  });
});
