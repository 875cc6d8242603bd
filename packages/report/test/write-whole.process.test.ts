import { spawnSync } from 'node:child_process';
import { lstat, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeWhole } from '../src/write-whole.ts';

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-whole-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it('writeWhole(path, content) writes texts and bytes, and keeps links and permissions', async () => {
  const folder = await folderOf();
  const [real, link] = [join(folder, 'real'), join(folder, 'link')];
  await writeFile(real, 'before', { mode: 0o640 });
  await symlink(real, link);
  await writeWhole(link, 'after');
  expect(await readFile(real, 'utf8')).toBe('after');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  if (process.platform !== 'win32') expect((await stat(real)).mode & 0o777).toBe(0o640);
  await writeWhole(join(folder, 'new'), Uint8Array.of(0x62), { sync: false });
  expect(await readFile(join(folder, 'new'), 'utf8')).toBe('b');
  expect((await readdir(folder)).sort()).toEqual(['link', 'new', 'real']);
});

// A limit of 8 KiB stores a part of what is written at first, as a disk does that is nearly full.
it.skipIf(process.platform === 'win32')('leaves a file as it was where there is no room for the new one', async () => {
  const folder = await folderOf();
  const path = join(folder, 'marks.json');
  await writeFile(path, 'work of years');
  const module = new URL('../dist/write-whole.js', import.meta.url).href;
  const script = `process.on('SIGXFSZ', () => undefined);
    const { writeWhole } = await import(${JSON.stringify(module)});
    await writeWhole(${JSON.stringify(path)}, 'x'.repeat(100_000)).catch(({ code }) => console.log(code));`;
  const node = `ulimit -f 8; exec "${process.execPath}" --input-type=module -e "$SCRIPT"`;
  const { stdout } = spawnSync('bash', ['-c', node], { encoding: 'utf8', env: { ...process.env, SCRIPT: script } });
  expect(stdout).toBe('EFBIG\n');
  expect(await readFile(path, 'utf8')).toBe('work of years');
  expect(await readdir(folder)).toEqual(['marks.json']);
});
