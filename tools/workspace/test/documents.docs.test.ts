import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toModelSpec } from '@qualm/pipeline';
import { heads } from '@qualm/vision';
import { compileErrors } from './compile-errors.ts';

const root = join(import.meta.dirname, '../../..');
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, folder, name));
const pages = markdownIn('docs');
const readmes = ['packages', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'README.md')),
);
const documents = [join(root, 'README.md'), join(root, 'CONTRIBUTING.md'), ...pages, ...readmes].filter(existsSync);
const blocksOf = (path: string, language: string) =>
  [...readFileSync(path, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code!,
  );

const built = join(root, 'tools/workspace/dist');
mkdirSync(built, { recursive: true });
const folder = mkdtempSync(join(built, 'documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(documents.map((path) => [relative(root, path), path] as const))('%s', (_, path) => {
  it('links to files that exist', () => {
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const files = links.filter((link) => !/^(https?:|mailto:|#)/.test(link)).map((link) => link.split('#')[0]!);
    expect(files.filter((file) => !existsSync(join(dirname(path), file)))).toEqual([]);
  });
});

it('the TypeScript in docs compiles against the built packages', () => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const files = pages.flatMap((page) => {
    const name = relative(join(root, 'docs'), page).replaceAll(/\W+/g, '-');
    return blocksOf(page, 'ts').map((code, index) => {
      const file = join(folder, `${name}-${index}.ts`);
      writeFileSync(file, code);
      return file;
    });
  });
  expect(compileErrors(files)).toEqual([]);
});

it('the specs in docs/model-spec.md are specs, and its parts of specs fit into them', () => {
  const [whole = '', ...others] = blocksOf(join(root, 'docs/model-spec.md'), 'json');
  const spec = JSON.parse(whole) as object;
  const parts = others.map((text) => (text.startsWith('{') ? text : `{${text}}`));
  for (const part of ['{}', ...parts]) {
    const written = { ...spec, ...(JSON.parse(part) as object) };
    expect(toModelSpec(written, 'docs/model-spec.md', { heads })).toMatchObject({ specVersion: 1 });
  }
});
