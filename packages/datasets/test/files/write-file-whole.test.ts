import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileWhole } from '../../src/files/write-file-whole.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('writeFileWhole(path, content) writes texts, bytes and parts', async () => {
  const folder = await temporaryFolder();
  await writeFileWhole(join(folder, 'a'), 'text');
  await writeFileWhole(join(folder, 'b'), Uint8Array.of(0x62));
  await writeFileWhole(join(folder, 'c'), ['1', '2', '3']);
  const contents = ['a', 'b', 'c'].map((name) => readFile(join(folder, name), 'utf8'));
  expect(await Promise.all(contents)).toEqual(['text', 'b', '123']);
});

it('leaves a file as it was when its content breaks off, and nothing beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a');
  await writeFile(path, 'before');
  const parts = function* (): Generator<string> {
    yield 'after';
    throw new RangeError('no more');
  };
  await expect(writeFileWhole(path, parts())).rejects.toThrow('no more');
  expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['before', ['a']]);
});

it('keeps a user’s own .tmp, a link, and permissions', async () => {
  const folder = await temporaryFolder();
  const [real, link] = [join(folder, 'real'), join(folder, 'link')];
  await writeFile(real, '', { mode: 0o640 });
  await writeFile(`${real}.tmp`, 'mine');
  await symlink(real, link);
  await writeFileWhole(link, 'new');
  expect(await readFile(real, 'utf8')).toBe('new');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  if (process.platform !== 'win32') expect((await stat(real)).mode & 0o777).toBe(0o640);
  expect(await readFile(`${real}.tmp`, 'utf8')).toBe('mine');
  expect((await readdir(folder)).sort()).toEqual(['link', 'real', 'real.tmp']);
});

it('names the file and what to do', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a/b'), '');
  await expect(writeFileWhole(join(folder, 'a'), 'x')).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining(`write: "${join(folder, 'a')}" failed`) as string,
  });
  await expect(writeFileWhole(join(folder, 'none/a'), 'x')).rejects.toThrow('check the path');
  expect(await readdir(folder)).toEqual(['a']);
});

it.skipIf(process.platform === 'win32')('writes into a pipe and a device, and leaves them what they are', async () => {
  const pipe = join(await temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = await open(pipe, 'r+');
  await writeFileWhole(pipe, ['a', 'b']);
  const { buffer, bytesRead } = await reader.read();
  expect(buffer.subarray(0, bytesRead).toString()).toBe('ab');
  await reader.close();
  expect((await stat(pipe)).isFIFO()).toBe(true);
  await writeFileWhole('/dev/null', 'x');
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});
