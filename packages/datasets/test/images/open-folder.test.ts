import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openFolder } from '../../src/images/open-folder.ts';
import { openImages } from '../../src/images/open-images.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function folderWith(...paths: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return folder;
}

const ids = (source: Iterable<{ image_id: string | number }>): (string | number)[] =>
  Array.from(source, ({ image_id }) => image_id);

it('openFolder(folder) lists images of all folders in it by code point, and nothing hidden', async () => {
  const folder = await folderWith('b.jpg', 'a/c.PNG', 'a-b.webp', 'a/note.txt', '.hidden.jpg', '.git/x.jpg', 'B.jpeg');
  const source = await openFolder(folder);
  expect(ids(source)).toEqual(['B.jpeg', 'a-b.webp', 'a/c.PNG', 'b.jpg']);
  expect(source.length).toBe(4);
});

it('openFolder(folder) keeps names that need escaping', async () => {
  const names = [
    'a b.jpg',
    `it's "q".jpg`,
    'a#b?.jpg',
    '100%.jpg',
    '%41.jpg',
    'line\nbreak.jpg',
    'é漢😀.jpg',
    '\ufb01.jpg',
  ];
  const source = await openFolder(await folderWith(...names));
  const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(ids(source)).toEqual(byBytes);
  for (const { image_id, image } of source) {
    expect(readFileSync(fileURLToPath(image.uri!), 'utf8')).toBe(image_id);
  }
});

it('openFolder(folder, { recursive: false }) stays in the folder', async () => {
  const source = await openFolder(await folderWith('b.jpg', 'a/c.png'), { recursive: false });
  expect(ids(source)).toEqual(['b.jpg']);
});

it('openFolder(folder, { extensions, limit }) takes the first of those endings', async () => {
  const folder = await folderWith('a.jpg', 'b.BMP', 'c.bmp', 'd.bmp');
  expect(ids(await openFolder(folder, { extensions: ['.bmp'], limit: 2 }))).toEqual(['b.BMP', 'c.bmp']);
  await expect(openFolder(folder, { limit: -1 })).rejects.toThrow(RangeError);
});

it('openFolder(folder) does not follow links out of it, nor to folders', async () => {
  const outside = await folderWith('secret.jpg', 'more/x.jpg');
  const folder = await folderWith('a.jpg');
  await symlink(join(outside, 'secret.jpg'), join(folder, 'link.jpg'));
  await symlink(join(folder, 'a.jpg'), join(folder, 'inside.jpg'));
  await symlink(join(outside, 'more'), join(folder, 'linked'));
  await symlink(folder, join(folder, 'loop'));
  await symlink(join(folder, 'gone.jpg'), join(folder, 'dangling.jpg'));
  const source = await openFolder(folder);
  expect(ids(source)).toEqual(['a.jpg', 'inside.jpg']);
  expect(source.skippedLinks).toBe(2);
});

it('openFolder(folder) counts what it passes over, by reason', async () => {
  const outside = await folderWith('x.jpg', 'more/y.jpg');
  const names = [
    'a.JPG',
    'b.jfif',
    'c.jpe',
    'e.bmp',
    'sub/f.BMP',
    'g.heic',
    'notes',
    '.hidden.png',
    '.DS_Store',
    'h.tar.gz',
  ];
  const folder = await folderWith(...names);
  await writeFile(join(folder, 'd'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  await symlink(join(outside, 'x.jpg'), join(folder, 'l.jpg'));
  await symlink(join(outside, 'more'), join(folder, 'm'));
  await symlink(join(folder, 'nowhere.jpg'), join(folder, 'n.jpg'));
  const source = await openFolder(folder);
  expect(ids(source)).toEqual(['a.JPG', 'b.jfif', 'c.jpe']);
  expect(source.passedOver).toEqual([
    { reason: 'bmp', count: 2, example: 'e.bmp' },
    { reason: 'gz', count: 1, example: 'h.tar.gz' },
    { reason: 'heic', count: 1, example: 'g.heic' },
    { reason: 'hidden', count: 1, example: '.hidden.png' },
    { reason: 'linked out of the folder', count: 1, example: 'l.jpg' },
    { reason: 'linked to a folder', count: 1, example: 'm' },
    { reason: 'linked to nothing', count: 1, example: 'n.jpg' },
    { reason: 'without an ending', count: 1, example: 'notes' },
    { reason: 'without an ending, but an image', count: 1, example: 'd' },
  ]);
});

it('openFolder(folder, { followLinks }) takes links out of the folder and to folders, and no loop', async () => {
  const outside = await folderWith('secret.jpg', 'more/x.jpg', 'more/notes.txt');
  const folder = await folderWith('a.jpg', 'deep/b.jpg');
  await symlink(join(outside, 'secret.jpg'), join(folder, 'link.jpg'));
  await symlink(join(outside, 'more'), join(folder, 'linked'));
  await symlink(folder, join(folder, 'deep', 'loop'));
  await symlink(join(outside, 'more', '..'), join(outside, 'more', 'loop'));
  await symlink(join(folder, 'gone.jpg'), join(folder, 'dangling.jpg'));
  const source = await openFolder(folder, { followLinks: true });
  expect(ids(source)).toEqual(['a.jpg', 'deep/b.jpg', 'link.jpg', 'linked/loop/secret.jpg', 'linked/x.jpg']);
  const linked = [...source].find(({ image_id }) => image_id === 'linked/x.jpg')!;
  expect(readFileSync(fileURLToPath(linked.image.uri!), 'utf8')).toBe('more/x.jpg');
  expect(source.passedOver.map(({ reason, example }) => [reason, example])).toEqual([
    ['in a loop of links', 'deep/loop'],
    ['linked to nothing', 'dangling.jpg'],
    ['txt', 'linked/notes.txt'],
  ]);
});

it('openFolder(link to a folder) is that folder', async () => {
  const folder = await folderWith('a.jpg');
  const link = join(await temporaryFolder(), 'link');
  await symlink(folder, link);
  expect(ids(await openFolder(link))).toEqual(['a.jpg']);
});

it('openFolder(folder).fingerprint changes with the list alone', async () => {
  const [first, second] = [await folderWith('a.jpg', 'b.jpg'), await folderWith('a.jpg', 'b.jpg')];
  const print = (await openFolder(first)).fingerprint;
  expect(print).toMatch(/^[0-9a-f]{64}$/);
  expect((await openFolder(second)).fingerprint).toBe(print);
  expect((await openFolder(second, { limit: 1 })).fingerprint).not.toBe(print);
});

it('openFolder(folder) that is missing is an io error', async () => {
  await expect(openFolder('/no/such/folder')).rejects.toMatchObject({ code: 'io' });
});

it('openImages(list) keeps order and text, and leaves URIs alone', () => {
  const source = openImages(['b 1.jpg', 'https://example.org/a%20b.jpg', 'b 1.jpg']);
  expect(ids(source)).toEqual(['b 1.jpg', 'https://example.org/a%20b.jpg', 'b 1.jpg']);
  const uris = Array.from(source, ({ image }) => image.uri);
  expect(uris[1]).toBe('https://example.org/a%20b.jpg');
  expect(fileURLToPath(uris[0]!)).toBe(join(process.cwd(), 'b 1.jpg'));
  expect(openImages(['a', 'b']).fingerprint).not.toBe(openImages(['b', 'a']).fingerprint);
});
