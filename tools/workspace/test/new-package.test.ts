import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { insert, insertions } from '../src/new-package/insertions.ts';
import { functionName, packageFiles } from '../src/new-package/package-files.ts';

it.each([
  ['heatmaps', 'heatmaps'],
  ['heat-maps', 'heatMaps'],
  ['a-b-2', 'aB2'],
])('functionName(%j) is %s', (name, call) => {
  expect(functionName(name)).toBe(call);
});

it('packageFiles(what) has the files of a package, its program and its changeset', () => {
  const files = packageFiles({ name: 'heat-maps', about: 'Heat maps' }, 'the licence');
  expect(Object.keys(files).filter((path) => !path.startsWith('packages/heat-maps/'))).toEqual([
    'integration/consumers/heat-maps.ts',
    '.changeset/heat-maps-package.md',
  ]);
  expect(files['packages/heat-maps/LICENSE']).toBe('the licence');
  expect(files['packages/heat-maps/src/index.ts']).toBe("export { heatMaps } from './heat-maps.ts';\n");
});

it('insert(content, what) puts text before the one line that begins so', () => {
  const what = { file: 'list', text: 'new\n', before: 'last' };
  expect(insert('first\nlast one\n', what)).toBe('first\nnew\nlast one\n');
  expect(() => insert('first\n', what)).toThrow('new:package: "list" has no single line "last"');
  expect(() => insert('a\nlast\nlast\n', what)).toThrow('has no single line');
});

it.each(insertions({ name: 'heat-maps', about: 'Heat maps' }))(
  '$file has the line before which a package goes',
  (what) => {
    const content = readFileSync(join(import.meta.dirname, '../../..', what.file), 'utf8');
    expect(insert(content, what)).toContain(what.text);
  },
);
