import { appendFile, cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { claimFile, claimFiles, removeOwnFiles, storeFile, storeWith } from '../src/output/own-files.ts';
import { claimPage } from '../src/output/write-report.ts';

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-own-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const refusal = 'exists, and is not as qualm wrote it; choose another --out, or overwrite it with --force';

it('storeFile(path, content) writes over its own files, again and again, and over no other', async () => {
  const folder = await folderOf();
  const [own, other] = [join(folder, 'own.csv'), join(folder, 'other.csv')];
  for (const text of ['one', 'two', 'one']) await storeFile(own, text, {});
  expect(await readFile(own, 'utf8')).toBe('one');
  await writeFile(other, 'work of years');
  await expect(storeFile(other, 'x', {})).rejects.toThrow(`${other}: ${refusal}`);
  expect(await readFile(other, 'utf8')).toBe('work of years');
  await storeFile(other, 'x', { force: true });
  await storeFile(other, 'y', {});
});

it('a file that somebody changed is theirs', async () => {
  const folder = await folderOf();
  const list = join(folder, 'list.csv');
  await storeWith(list, {}, () => writeFile(list, 'image\na.jpg\n'));
  await claimFiles([list], {});
  await appendFile(list, 'my note\n');
  await expect(claimFiles([list], {})).rejects.toThrow(refusal);
  await expect(storeWith(list, {}, () => writeFile(list, ''))).rejects.toThrow(refusal);
  expect(await readFile(list, 'utf8')).toContain('my note');
  await claimFiles([list], { force: true });
});

it('an empty file, a device and a folder are not in the way of a claim', async () => {
  const folder = await folderOf();
  await writeFile(join(folder, 'empty'), '');
  await claimFiles([join(folder, 'empty'), join(folder, 'none'), '/dev/null', folder], {});
  if (process.platform === 'win32') return;
  await storeFile('/dev/null', 'x', {});
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

it('claimFile(path) wants a folder that is there, and claimPage one for a file alone', async () => {
  const folder = await folderOf();
  await writeFile(join(folder, 'file'), 'x');
  for (const name of ['no', 'file']) {
    const path = join(folder, name, 'a.html');
    const refused = `${path}: there is no folder ${join(folder, name)}; make it, or choose another place`;
    await expect(claimFile(path, { force: true })).rejects.toThrow(refused);
    await expect(claimPage(path, {})).rejects.toThrow(refused);
  }
  await claimFile(join(folder, 'a.html'), {});
  await claimPage(join(folder, 'no', 'page'), {});
  if (process.platform !== 'win32') await claimFile('/dev/null', {});
});

it('claimFiles(paths) names three files and counts the rest', async () => {
  const folder = await folderOf();
  const paths = ['a', 'b', 'c', 'd', 'e'].map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, 'x');
  await expect(claimFiles(paths, {})).rejects.toThrow(`${paths.slice(0, 3).join(', ')} and 2 more: ${refusal}`);
});

it('files stay qualm’s when their folder is copied', async () => {
  const folder = await folderOf();
  await storeFile(join(folder, 'a'), 'x', {});
  const copy = await folderOf();
  await cp(folder, copy, { recursive: true });
  await storeFile(join(copy, 'a'), 'y', {});
  expect(await readFile(join(copy, 'a'), 'utf8')).toBe('y');
});

it('removeOwnFiles(folder, isMeant) removes what qualm wrote and nobody changed', async () => {
  const folder = await folderOf();
  for (const name of ['a.jpg', 'b.jpg', 'c.txt']) await storeFile(join(folder, name), name, {});
  await writeFile(join(folder, 'b.jpg'), 'painted over');
  await writeFile(join(folder, 'mine.jpg'), 'mine');
  await writeFile(`${folder}-outside.jpg`, 'o');
  await appendFile(
    join(folder, '.qualm-files.ndjson'),
    '{"file":"x/../../outside.jpg","sha256":"65"}\nno json\n7\nnull\n',
  );
  await removeOwnFiles(folder, (name) => name.endsWith('.jpg'));
  expect((await readdir(folder)).sort()).toEqual(['.qualm-files.ndjson', 'b.jpg', 'c.txt', 'mine.jpg']);
  await rm(`${folder}-outside.jpg`);
});

it('keeps its list short, with the last line of each file', async () => {
  const folder = await folderOf();
  await storeFile(join(folder, 'a'), 'first', {});
  await appendFile(join(folder, '.qualm-files.ndjson'), '{"file":"gone","sha256":"0"}\n'.repeat(40_000));
  await storeFile(join(folder, 'a'), 'second', {});
  expect((await stat(join(folder, '.qualm-files.ndjson'))).size).toBeLessThan(1000);
  await storeFile(join(folder, 'a'), 'third', {});
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('third');
});
