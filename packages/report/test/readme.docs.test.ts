import * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import * as types from '@qualm/types';
import * as viz from '@qualm/viz';
import { expect, it } from 'vitest';
import * as report from '../src/index.ts';

it('the example of the README runs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-report-'));
  await mkdir(join(folder, 'photos'));
  await sharp({ create: { width: 20, height: 10, channels: 3, background: 'teal' } }).toFile(
    join(folder, 'photos/a.jpg'),
  );
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!;
  const body = code.replace(/^import (\{.*?\}) from '(.*?)';/gm, "const $1 = modules['$2'];");
  const modules = { 'node:fs/promises': fs, '@qualm/report': report, '@qualm/types': types, '@qualm/viz': viz };
  const before = process.cwd();
  process.chdir(folder);
  try {
    await (new Function('modules', `return (async () => {${body}})();`) as (given: object) => Promise<void>)(modules);
  } finally {
    process.chdir(before);
  }
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('"label":[0],"second":[1]');
});
