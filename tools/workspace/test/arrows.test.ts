import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const arrows = readJson('tools/workspace/arrows.json') as Record<string, string[]>;
const folders = readdirSync(join(root, 'packages'));

interface Manifest {
  name: string;
  sideEffects?: boolean;
  type?: string;
  license?: string;
  engines?: { node?: string };
  files?: string[];
  repository?: { directory?: string };
  exports: Record<string, Record<string, string> | string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function manifest(folder: string): Manifest {
  return readJson(`packages/${folder}/package.json`) as Manifest;
}

it('arrows.json names every package and no other', () => {
  expect(Object.keys(arrows).sort()).toEqual([...folders].sort());
});

describe.each(folders)('packages/%s', (folder) => {
  const pkg = manifest(folder);

  it('depends on the siblings that the arrows allow, and no others', () => {
    const allowed = new Set(arrows[folder]!.map((name) => manifest(name).name));
    const siblings = Object.keys({ ...pkg.dependencies, ...pkg.peerDependencies }).filter((name) =>
      name.startsWith('@qualm/'),
    );
    expect(siblings.filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('references the TypeScript projects of the siblings it depends on, and no others', () => {
    const { references } = readJson(`packages/${folder}/tsconfig.src.json`) as { references: { path: string }[] };
    const referenced = references.map(({ path }) => manifest(path.split('/')[1]!).name).sort();
    const siblings = Object.keys({ ...pkg.dependencies }).filter((name) => name.startsWith('@qualm/'));
    expect(referenced).toEqual(siblings.sort());
  });

  it('is an ES module without side effects, with types first in every export', () => {
    expect(pkg.type).toBe('module');
    expect(pkg.sideEffects).toBe(false);
    for (const target of Object.values(pkg.exports)) {
      if (typeof target === 'object') expect(Object.keys(target)[0]).toBe('types');
    }
    expect(pkg.exports['./package.json']).toBe('./package.json');
  });

  it('says its licence, its Node version and its folder', () => {
    expect(pkg.license).toBe('Apache-2.0');
    expect(pkg.engines?.node).toBe('>=20.19');
    expect(pkg.repository?.directory).toBe(`packages/${folder}`);
  });

  it('has a README, a licence and an explicit index', () => {
    expect(existsSync(join(root, 'packages', folder, 'README.md'))).toBe(true);
    expect(existsSync(join(root, 'packages', folder, 'LICENSE'))).toBe(true);
    const index = readFileSync(join(root, 'packages', folder, 'src/index.ts'), 'utf8');
    expect(index).not.toMatch(/export \*|export default/);
  });
});

it('no package has an install script', () => {
  for (const folder of folders) {
    const { scripts = {} } = readJson(`packages/${folder}/package.json`) as { scripts?: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  }
});
