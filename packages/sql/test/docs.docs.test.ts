import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as onnx from '@qualm/inference-onnx';
import * as vision from '@qualm/vision';
import * as sql from '../src/index.ts';
import { picture, rowsOf, toySession, writeToyFolder } from './toy-session.ts';

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
const blocks = (text: string, language: string): string[] =>
  text
    .split(`\`\`\`${language}\n`)
    .slice(1)
    .map((part) => part.split('```')[0]!);

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...code: string[]
) => (scope: object) => Promise<unknown>;

/** Photographs `photos/a.png` to `photos/c.png`, and the toy as `yolox.json` and as
 * `models/yolox-nano.json`.
 */
async function exampleFolder(): Promise<string> {
  const folder = await writeToyFolder(0);
  await mkdir(join(folder, 'photos'));
  for (const [i, name] of ['a', 'b', 'c'].entries())
    await writeFile(join(folder, 'photos', `${name}.png`), await picture(i));
  await rename(join(folder, 'toy.json'), join(folder, 'yolox.json'));
  return folder;
}

it('every statement of docs/sql.md runs, in order', async () => {
  const session = await toySession(await exampleFolder());
  const statements = blocks(await read('../../../docs/sql.md'), 'sql').flatMap((block) => block.split(/;\s*(?:\n|$)/));
  const rows: number[] = [];
  for (const statement of statements.filter((text) => text.trim() !== ''))
    rows.push((await rowsOf(session, statement)).length);
  expect(rows.length).toBeGreaterThan(12);
  const createSqlSession = (): Promise<typeof session> => Promise.resolve(session);
  for (const example of blocks(await read('../../../docs/sql.md'), 'ts'))
    await new AsyncFunction('{ createSqlSession }', example.replace(/^import .*$/gm, ''))({ createSqlSession });
  expect(await rowsOf(session, 'SELECT coco_name(1) AS name, spread([0.75, 0.5]::FLOAT[]) AS spread')).toEqual([
    { name: 'bicycle', spread: 0.25 },
  ]);
  await session.close();
});

it('docs/sql.md lists the functions as they are', async () => {
  const table = (await read('../../../docs/sql.md')).split('<!-- functions -->')[1]!;
  for (const { signature, summary } of sql.sqlFunctions) {
    expect(table).toContain(`\`${signature}\``);
    expect(table).toContain(summary);
  }
});

it('the example of the README runs', async () => {
  const folder = await exampleFolder();
  const [example] = blocks(await read('../README.md'), 'ts');
  const createSqlSession = (options: sql.SqlSessionOptions): Promise<sql.SqlSession> =>
    sql.createSqlSession({ ...options, cwd: folder });
  const logged: unknown[][] = [];
  const scope = { ...onnx, vision, createSqlSession, console: { log: (...row: unknown[]) => logged.push(row) } };
  const code = example!.replace(/^import .*$/gm, '').replace('models/yolox-nano.json', 'yolox.json');
  await new AsyncFunction(`{ ${Object.keys(scope).join(', ')} }`, code)(scope);
  expect(logged.map(([image]) => image).sort()).toEqual(['a.png', 'b.png', 'c.png']);
  const margins = logged.map(([, , margin]) => margin as number);
  expect(margins).toEqual([...margins].sort((a, b) => a - b));
});
