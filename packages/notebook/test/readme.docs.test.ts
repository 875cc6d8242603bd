import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as aq from 'arquero';
import sharp from 'sharp';
import * as types from '@qualm/types';
import * as viz from '@qualm/viz';
import { expect, it, vi } from 'vitest';
import * as notebook from '../src/index.ts';

it('the example of the README runs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-notebook-'));
  await sharp({ create: { width: 80, height: 100, channels: 3, background: 'teal' } }).toFile(
    join(folder, 'street.jpg'),
  );
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!;
  const body = code
    .replace(/^import (\{.*?\}) from '(.*?)';/gm, "const $1 = modules['$2'];")
    .replace(/^import \* as (\w+) from '(.*?)';/gm, "const $1 = modules['$2'];")
    .replace("'street.jpg'", JSON.stringify(join(folder, 'street.jpg')));
  const modules = { arquero: aq, '@qualm/notebook': notebook, '@qualm/types': types, '@qualm/viz': viz };
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await (new Function('modules', `return (async () => {${body}})();`) as (given: object) => Promise<void>)(modules);
  expect(log.mock.calls.map(([said]) => said as unknown)).toEqual([
    'label   margin\nperson  0.02\n1 row',
    ['image/jpeg', 'text/plain'],
  ]);
});
