import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ImageRecord } from '@qualm/types';
import { expect, it } from 'vitest';
import { openSource } from '../src/input/open-images.ts';
import type { ImageOptions, OpenedSource } from '../src/input/open-images.ts';
import { createReporter } from '../src/terminal/reporter.ts';
import type { Terminal } from '../src/index.ts';
import { temporaryFolder } from './run-cli.ts';

interface Opened {
  readonly source: OpenedSource;
  readonly ids: (string | number)[];
  readonly paths: string[];
  readonly errors: (string | undefined)[];
  readonly stderr: string;
}

async function open(cwd: string, options: ImageOptions, stdin: string | Buffer = ''): Promise<Opened> {
  const stderr = new PassThrough();
  const terminal: Terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: new PassThrough(),
    stderr: Object.assign(stderr, { isTTY: false, columns: 80 }),
    env: {},
    cwd,
    signal: new AbortController().signal,
  };
  const source = await openSource(options, terminal, createReporter(terminal, { json: false }));
  const records: ImageRecord[] = [];
  for await (const record of source) records.push(record);
  return {
    source,
    ids: records.map(({ image_id }) => image_id),
    paths: records.map(({ image }) => (image.uri === null ? '' : fileURLToPath(image.uri))),
    errors: records.map(({ error }) => error?.code),
    stderr: String(stderr.read() ?? ''),
  };
}

async function folderWith(...paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return folder;
}

it('openSource(folder) says which files it passed over, and why', async () => {
  const folder = await folderWith('a.JPG', 'b.jfif', 'c.jpe', 'e.bmp', 'f.heic', 'd');
  const { ids, source, stderr } = await open(folder, { images: ['.'] });
  expect(ids).toEqual(['a.JPG', 'b.jfif', 'c.jpe']);
  expect(stderr).toBe('warning: 3 files passed over: 1 bmp (e.bmp), 1 heic (f.heic), 1 without an ending (d)\n');
  expect(source.passedOver).toEqual([
    { reason: 'bmp', count: 1, example: 'e.bmp' },
    { reason: 'heic', count: 1, example: 'f.heic' },
    { reason: 'without an ending', count: 1, example: 'd' },
  ]);
});

it('openSource(folder of other files) says what there is instead of images', async () => {
  const folder = await folderWith('e.bmp');
  await expect(open(folder, { images: ['.'] })).rejects.toThrow(/none in "."; 1 file passed over: 1 bmp \(e\.bmp\)/);
});

/** Photographs as the cache of Hugging Face, DVC and git-annex have them: links into a store. */
async function linkedFolder(): Promise<string> {
  const folder = await folderWith('blobs/1f', 'blobs/2e', 'snapshot/own.jpg');
  await symlink('../blobs/1f', join(folder, 'snapshot/a.jpg'));
  await symlink('../blobs/2e', join(folder, 'snapshot/b.jpg'));
  await symlink('snapshot', join(folder, 'latest'));
  const images = ['a.jpg', 'own.jpg', '../blobs/2e'].map((file_name, id) => ({ id, file_name, width: 1, height: 1 }));
  await writeFile(join(folder, 'coco.json'), JSON.stringify({ images, annotations: [], categories: [] }));
  return folder;
}

it('openSource follows what the user names wherever it leads', async () => {
  const folder = await linkedFolder();
  const { paths } = await open(folder, { images: ['snapshot/a.jpg', 'latest/b.jpg'] });
  expect(paths).toEqual([join(folder, 'snapshot/a.jpg'), join(folder, 'latest/b.jpg')]);
  expect((await open(folder, { images: ['snapshot/a.jpg'] })).paths).toEqual([join(folder, 'snapshot/a.jpg')]);
  expect((await open(folder, { images: ['latest'], followLinks: true })).ids).toEqual(['a.jpg', 'b.jpg', 'own.jpg']);
});

it('openSource takes links that lead out of a folder with --follow-links, and says so', async () => {
  const folder = await linkedFolder();
  const { ids, stderr } = await open(folder, { images: ['snapshot'] });
  expect(ids).toEqual(['own.jpg']);
  expect(stderr).toBe(
    'warning: 2 files passed over: 2 linked out of the folder (a.jpg); --follow-links takes links too\n',
  );
  const all = await open(folder, { images: ['snapshot'], followLinks: true });
  expect([all.ids, all.stderr]).toEqual([['a.jpg', 'b.jpg', 'own.jpg'], '']);
});

it('openSource says that what the user names is a link to nothing', async () => {
  const folder = await temporaryFolder();
  await symlink('nowhere', join(folder, 'photos'));
  await expect(open(folder, { images: ['photos'] })).rejects.toThrow(/it is a link to nothing: fetch what it stands/);
});

it('openSource warns of the first ten problems of a COCO file, and counts the rest', async () => {
  const folder = await temporaryFolder();
  const images = Array.from({ length: 1212 }, (_, id) => ({ id, file_name: '../a.jpg', width: 1, height: 1 }));
  await writeFile(join(folder, 'coco.json'), JSON.stringify({ images, annotations: [], categories: [] }));
  const { stderr } = await open(folder, { coco: 'coco.json' });
  expect(stderr.split('\n').filter((line) => line.startsWith('warning: images['))).toHaveLength(10);
  expect(stderr).toContain('1,202 more problems in');
});

it('openSource has the same rule for the names of a COCO file, and never takes .. of it', async () => {
  const folder = await linkedFolder();
  const named = { coco: 'coco.json', images: ['snapshot'] };
  expect((await open(folder, named)).errors).toEqual(['path-outside', undefined, 'path-outside']);
  expect((await open(folder, { ...named, followLinks: true })).errors).toEqual([undefined, undefined, 'path-outside']);
});

it('openSource(list on stdin) is without its byte-order mark, and UTF-8', async () => {
  const folder = await folderWith('a.jpg', 'b.jpg');
  const { paths } = await open(folder, { images: ['-'] }, '\ufeffa.jpg\r\nb.jpg\r\n');
  expect(paths).toEqual([join(folder, 'a.jpg'), join(folder, 'b.jpg')]);
  const wide = Buffer.from('\ufeffa.jpg\r\n', 'utf16le');
  await expect(open(folder, { images: ['-'] }, wide)).rejects.toThrow('the list on stdin: it is UTF-16, expected text');
});

it('openSource(list on stdin) has no length, and is as long as it is, or as --limit says', async () => {
  const folder = await folderWith('a.jpg');
  const list = 'a.jpg\nb.jpg\nc.jpg';
  const { source, ids } = await open(folder, { images: ['-'] }, list);
  expect([source.length, source.fingerprint, ids.length]).toEqual([null, null, 3]);
  const first = await open(folder, { images: ['-'], limit: 2 }, list);
  expect([first.source.length, first.ids]).toEqual([null, ['a.jpg', 'b.jpg'].map((name) => join(folder, name))]);
});

it('openSource finds files whose names the disk has in another Unicode form', async () => {
  const [composed, apart] = ['Zürich/Café.jpg'.normalize('NFC'), 'Zürich/Café.jpg'.normalize('NFD')];
  const folder = await folderWith(apart);
  const images = [{ id: 1, file_name: composed, width: 1, height: 1 }];
  await writeFile(join(folder, 'coco.json'), JSON.stringify({ images, annotations: [], categories: [] }));
  expect((await open(folder, { coco: 'coco.json' })).paths).toEqual([join(folder, apart)]);
  const list = await open(folder, { images: ['-'] }, `${composed}\n`);
  expect([list.ids, list.paths]).toEqual([[join(folder, composed)], [join(folder, apart)]]);
  const gone = await open(folder, { images: ['-'] }, 'Zürich/gone-é.jpg\n');
  expect(gone.paths).toEqual([join(folder, 'Zürich/gone-é.jpg')]);
});
