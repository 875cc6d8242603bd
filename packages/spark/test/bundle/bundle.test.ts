import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFingerprint, readModelSpec } from '@qualm/pipeline';
import { writeMeanColour } from '@qualm/testkit';
import { extract, list } from 'tar';
import { describe, expect, it, onTestFinished } from 'vitest';
import { elfPlatform } from '../../src/bundle/elf-platform.ts';
import { workerEntry } from '../../src/bundle/worker-entry.ts';
import { writeArchive } from '../../src/bundle/write-archive.ts';
import { bundleModel } from '../../src/index.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-bundle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function contentIn(folder: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const content = join(folder, 'content');
  await mkdir(join(content, 'bin'), { recursive: true });
  for (const [name, text] of Object.entries({ 'bin/node': 'program', 'b.mjs': 'b', '@a.mjs': 'a', ...more }))
    await writeFile(join(content, name), text);
  return content;
}

describe('writeArchive(options)', () => {
  it('the same files make the same bytes, whatever their times and permissions', async () => {
    const written: Buffer[] = [];
    for (const time of [0, 1e9]) {
      const folder = await temporaryFolder();
      const content = await contentIn(folder);
      await utimes(join(content, 'b.mjs'), time, time);
      await chmod(join(content, 'b.mjs'), time === 0 ? 0o600 : 0o777);
      const { path, name, bytes } = await writeArchive({ content, prefix: 'toy', programs: ['bin/node'], out: folder });
      expect(path).toBe(join(folder, `${name}.tgz`));
      expect(name).toMatch(/^toy-[0-9a-f]{16}$/);
      written.push(await readFile(path));
      expect(bytes).toBe(written.at(-1)!.length);
      const entries: string[] = [];
      await list({ file: path, onReadEntry: (entry) => entries.push(`${entry.mode?.toString(8)} ${entry.path}`) });
      expect(entries).toEqual([`644 ${name}/@a.mjs`, `644 ${name}/b.mjs`, `755 ${name}/bin/node`]);
    }
    expect(written[0]!.equals(written[1]!)).toBe(true);
    // The system in the header of gzip: Unix.
    expect(written[0]![9]).toBe(3);
  });

  it('other files make another name', async () => {
    const names = await Promise.all(
      [{}, { 'b.mjs': 'c' }, { 'c.mjs': 'b' }].map(async (more) => {
        const folder = await temporaryFolder();
        return (await writeArchive({ content: await contentIn(folder, more), prefix: 'toy', out: folder })).name;
      }),
    );
    expect(new Set(names).size).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('refuses links, which lead elsewhere on another machine', async () => {
    const folder = await temporaryFolder();
    const content = await contentIn(folder);
    await symlink('/etc/hosts', join(content, 'link'));
    await expect(writeArchive({ content, prefix: 'toy', out: folder })).rejects.toMatchObject({ code: 'io' });
  });
});

describe('bundleModel(resolved, options)', () => {
  it('has the spec and its files, by which workers find the same hash', async () => {
    const folder = await temporaryFolder();
    const { root } = await writeMeanColour(join(folder, 'model'));
    const resolved = await readModelSpec(join(root, 'spec.json'));
    const { path, name, hash } = await bundleModel(resolved, { out: folder });
    expect([hash, name]).toEqual([await modelFingerprint(resolved), `qualm-model-${hash.slice(0, 16)}`]);
    await extract({ file: path, cwd: folder });
    expect(await modelFingerprint(await readModelSpec(join(folder, name, 'spec.json')))).toBe(hash);
    const first = await readFile(path);
    const { spec } = resolved;
    const again = { ...resolved, spec: Object.fromEntries(Object.entries(spec).reverse()) as unknown as typeof spec };
    await bundleModel(again, { out: folder });
    expect((await readFile(path)).equals(first)).toBe(true);
  });
});

it('elfPlatform(path) reads the machine of a program', async () => {
  const path = join(await temporaryFolder(), 'file');
  const header = (machine: number): Buffer => {
    const bytes = Buffer.alloc(64);
    bytes.write('\x7fELF', 'latin1');
    bytes.writeUInt16LE(machine, 18);
    return bytes;
  };
  for (const [bytes, platform] of [
    [header(0x3e), 'linux-x64'],
    [header(0xb7), 'linux-arm64'],
    [header(0xf3), 'linux-?'],
    [Buffer.from('#!/bin/sh\nexec something else'), null],
    [Buffer.alloc(0), null],
  ] as const) {
    await writeFile(path, bytes);
    expect(await elfPlatform(path)).toBe(platform);
  }
});

it('workerEntry(platform) says which platform it is for', () => {
  expect(workerEntry('linux-arm64')).toContain("['linux-arm64'");
});
