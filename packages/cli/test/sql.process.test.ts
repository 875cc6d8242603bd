import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { lines, runCli, spawnCli, startCli, temporaryFolder } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { toySpec, writeToyModel } from './toy-model.ts';
import { inputs, toyProject } from './toy-run.ts';

const model = ['--model', 'model/quarters.json'];
const boxes =
  "SELECT image_id, found.label, found.scores[1] AS score FROM (SELECT image_id, unnest(ML_PREDICT(quarters, image)) AS found FROM read_images('photos'))";

function sql(folder: string, ...args: readonly string[]): Promise<ProcessOutcome> {
  return runCli(['sql', ...args], { cwd: folder });
}

describe('qualm sql', () => {
  it('ML_PREDICT gives the scores that predict gives', async () => {
    const folder = await toyProject();
    const { code, stdout } = await sql(folder, ...model, '--ndjson', '-c', `${boxes} ORDER BY image_id, score`);
    expect(code).toBe(0);
    const predicted = lines((await runCli(['predict', ...inputs, '--out', '-'], { cwd: folder })).stdout);
    const rows = predicted.flatMap(({ image_id, detections }) =>
      (detections as { scores: number[] }[]).map(({ scores }) => ({ image_id, score: scores[0] })),
    );
    expect(rows.length).toBeGreaterThan(8);
    expect(lines(stdout).map(({ image_id, score }) => ({ image_id, score }))).toEqual(
      rows.toSorted((a, b) => String(a.image_id).localeCompare(String(b.image_id)) || a.score! - b.score!),
    );
  });

  it('--head: a model whose spec names a head of your own', async () => {
    const folder = await toyProject();
    const usual = await sql(folder, ...model, '--ndjson', '-c', boxes);
    await writeToyModel(join(folder, 'model'), { spec: { ...toySpec, head: { ...toySpec.head, type: 'quarters' } } });
    const heads = new URL('../../vision/dist/heads/index.js', import.meta.url).href;
    const code = `import { heads } from '${heads}'; export const quarters = { ...heads.ssd, type: 'quarters' };`;
    await writeFile(join(folder, 'quarters.mjs'), code);
    const own = await sql(folder, ...model, '--head', './quarters.mjs#quarters', '--ndjson', '-c', boxes);
    expect([own.code, lines(own.stdout)]).toEqual([0, lines(usual.stdout)]);
    expect((await sql(folder, ...model, '-c', boxes)).stderr).toContain('head.type is "quarters"');
  });

  it.each([
    ['table', [], 'n │ text\n──┼─────\n1 │ a\n\n2\n─\n2\n'],
    ['--csv', ['--csv'], 'n,text\r\n1,a\r\n\r\n2\r\n2\r\n'],
    ['--json', ['--json'], '[{"n":1,"text":"a"}]\n[{"2":2}]\n'],
    ['--ndjson', ['--ndjson'], '{"n":1,"text":"a"}\n{"2":2}\n'],
  ])('%s: what each statement gives, and nothing else on stdout', async (_, more, text) => {
    const folder = await temporaryFolder();
    const script = "create table t (n int); insert into t values (1); select n, 'a' as text from t; select 2";
    expect(await sql(folder, ...more, '-c', script)).toEqual({ code: 0, stdout: text, stderr: '' });
  });

  it('reads statements of a file and of stdin, and keeps tables in a database', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'make.sql'), "CREATE TABLE t AS SELECT 'ü' AS name -- the last");
    expect(await sql(folder, 'work.duckdb', '-f', 'make.sql')).toEqual({ code: 0, stdout: '', stderr: '' });
    const read = (...args: readonly string[]): Promise<ProcessOutcome> =>
      runCli(['sql', 'work.duckdb', '--json', ...args], { cwd: folder, stdin: 'SELECT * FROM t;' });
    for (const args of [[], ['-f', '-'], ['--readonly']])
      expect(await read(...args)).toEqual({ code: 0, stdout: '[{"name":"ü"}]\n', stderr: '' });
    const { code, stderr } = await sql(folder, 'work.duckdb', '--readonly', '-c', 'DROP TABLE t');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/read-only/) as string });
  });

  it('shows the place of an error in the whole text, and what came before it', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await sql(folder, '-c', "select 1;\n-- then\nselect ML_PREDICT(nowhere, 'a.jpg')");
    expect({ code, stdout }).toEqual({ code: 1, stdout: '1\n─\n1\n' });
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^qualm: sql: there is no model "nowhere".*\(line 3, column 19\)$/),
      "  3 | select ML_PREDICT(nowhere, 'a.jpg')",
      '    |                   ^',
    ]);
  });

  it('calls functions and strategies that modules export', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'mine.ts'),
      "export const shout = { parameters: ['VARCHAR'], returns: 'VARCHAR', call: (word: string): string => `${word}!` };\n" +
        "export const spread = { name: 'spread', order: 'descending', score: (p: number[]) => p[0]! - p.at(-1)! };\n" +
        'export const neither = 3;\n',
    );
    const args = ['--function', 'loud=./mine.ts#shout', '--function', './mine.ts#spread', '--json'];
    expect(await sql(folder, ...args, '-c', "select loud('a') as a, spread([0.75, 0.5, 0.25]::FLOAT[]) as b")).toEqual({
      ...{ code: 0, stdout: '[{"a":"a!","b":0.5}]\n', stderr: '' },
    });
    const wrong = await sql(folder, '--function', './mine.ts#neither', '-c', 'select 1');
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/"\.\/mine\.ts#neither" is neither/) as string,
    });
  });

  it('prints as many rows as asked, and says how many more there are', async () => {
    const folder = await temporaryFolder();
    const { stdout, stderr } = await sql(folder, '-c', 'select * from range(1234)');
    expect(stdout.trim().split('\n')).toHaveLength(102);
    expect(stderr).toBe('1,134 more rows; --limit 1234 prints all\n');
    expect((await sql(folder, '--csv', '-c', 'select * from range(1234)')).stdout.split('\n')).toHaveLength(1236);
    expect((await sql(folder, '--csv', '--limit', '2', '-c', 'select * from range(9)')).stdout).toBe(
      'range\r\n0\r\n1\r\n',
    );
  });

  it('an image that fails is NULL with a warning, exit code 3 with --strict, and an error where that is asked', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'photos/b.jpg'), 'no image');
    const query = "SELECT image_id, ML_PREDICT(quarters, image) IS NULL AS failed FROM read_images('photos')";
    const run = (...more: readonly string[]): Promise<ProcessOutcome> =>
      sql(folder, ...model, '--ndjson', ...more, '-c', query);
    const lenient = await run();
    expect(lenient.code).toBe(0);
    expect(lines(lenient.stdout).map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(lenient.stderr).toMatch(/^warning: 1 image failed and is NULL: .*b\.jpg/m);
    const strict = await run('--strict');
    expect(strict).toMatchObject({ code: 3, stdout: lenient.stdout });
    expect(strict.stderr).toContain('--strict: 1 of 3 images failed');
    const failed = await run('--on-error', 'fail');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/b\.jpg/);
  });

  it('--cache keeps predictions for a later session, as --timing says', async () => {
    const folder = await toyProject();
    const run = (): Promise<ProcessOutcome> =>
      sql(folder, ...model, '--csv', '--timing', '--cache', 'cache', '-c', boxes);
    const first = await run();
    expect(first.stderr).toMatch(/rows in [\d.]+ s; 3 images predicted, 0 from the cache\n$/);
    const second = await run();
    expect(second.stderr).toMatch(/rows in [\d.]+ s; 0 images predicted, 3 from the cache\n$/);
    expect(second.stdout).toBe(first.stdout);
  });

  it('knows models by --model, by the settings and by MLflow', async () => {
    const folder = await toyProject();
    const query = (name: string): string => `SELECT len(ML_PREDICT(${name}, 'photos/a.jpg')) AS n`;
    const count = async (name: string, ...args: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await sql(folder, '--json', ...args, '-c', query(name));
      return stdout || stderr;
    };
    expect(await count('mine', '--model', 'mine=model/quarters.json')).toBe('[{"n":4}]\n');
    await runCli(['models', 'log', 'model/quarters.json', '--name', 'corners'], { cwd: folder });
    expect(await count('corners', '--model', 'mlflow:/corners')).toBe('[{"n":4}]\n');
    await writeFile(join(folder, 'create.sql'), `CREATE MODEL c USING 'mlflow:/corners'; ${query('c')}`);
    expect((await sql(folder, '--json', '-f', 'create.sql')).stdout).toBe('[{"n":4}]\n');
    await writeFile(join(folder, 'qualm.config.yaml'), 'model: model/quarters.json\n');
    expect(await count('quarters')).toBe('[{"n":4}]\n');
  });

  it('--report shows rows with images and boxes, in the order of the query', async () => {
    const folder = await toyProject();
    const query = `SELECT image, found, margin(found.scores) AS margin FROM
      (SELECT image, unnest(ML_PREDICT(quarters, image)) AS found FROM read_images('photos')) ORDER BY margin DESC`;
    const { code, stdout, stderr } = await sql(folder, ...model, '--ndjson', '--report', 'rows.html', '-c', query);
    expect(code).toBe(0);
    const count = lines(stdout).length;
    expect(stderr).toMatch(new RegExp(`^${count} rows, [\\d.]+ MB; open .*rows\\.html$`, 'm'));
    const page = await readFile(join(folder, 'rows.html'), 'utf8');
    const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!) as object;
    expect(JSON.stringify(data)).toContain(
      '"strategies":[{"name":"row","words":"row","order":"ascending"},{"name":"margin","words":"margin","order":"ascending"}]',
    );
    const { labels, cells } = data as { labels: string[]; cells: { deciding: { second: number[] }[] } };
    expect(labels.filter((label) => !/^(red|green|blue)$/.test(label))).toEqual([]);
    expect(Math.min(...cells.deciding[0]!.second)).toBeGreaterThanOrEqual(0);
    const none = await sql(folder, '--report', 'none.html', '-c', 'select 1');
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no statement gave rows with an image') as string,
    });
    await writeFile(join(folder, 'mine.html'), 'mine');
    expect(await sql(folder, ...model, '--report', 'mine.html', '-c', query)).toMatchObject({ code: 2, stdout: '' });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['two places of statements', ['-c', 'x', '-f', 'y'], /cannot be used with option/],
    ['two forms', ['--json', '--csv', '-c', 'x'], /cannot be used with option/],
    ['--raw without CSV', ['--raw', '-c', 'x'], /--raw is for --csv/],
    ['--readonly in memory', ['--readonly', '-c', 'x'], /--readonly needs the file of a database/],
    [
      'two models of one name',
      ['-m', 'a=model/quarters.json', '-m', 'a=model/quarters.json', '-c', 'x'],
      /two models are called "a"/,
    ],
    ['a model without a name', ['-m', '1.json', '-c', 'x'], /expected name=spec\.json/],
    ['an unknown dialect', ['--dialect', 'oracle', '-c', 'x'], /Allowed choices are duckdb, spark/],
    ['no row', ['--limit', '0', '-c', 'x'], /expected a whole number from 1/],
  ])('%s: exit code 2', async (_, args, message) => {
    const { code, stdout, stderr } = await sql(await toyProject(), ...args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) as string });
  });

  it('Ctrl-C ends a query that predicts, with exit code 130', async () => {
    const folder = await toyProject();
    await writeToyModel(join(folder, 'model'), { products: 4 });
    await writeManyImages(join(folder, 'photos'), 2000);
    const child = startCli(['sql', ...model, '--csv', '-c', boxes], { cwd: folder });
    const ended = outcomeOf(child);
    while (!String((await once(child.stderr, 'data'))[0]).includes('predict: ')) continue;
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/qualm: interrupted\n$/);
  });
});

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? join(repository, '../shared/data');
const weights = join(data, 'models/yolox_nano.onnx');
const hasData = existsSync(weights);
if (!hasData) console.warn(`skipped: SQL over photographs; set QUALM_TEST_DATA (no ${weights})`);

describe.skipIf(!hasData)('qualm sql on photographs of COCO with yolox-nano', () => {
  it('the statement of its help works as it stands', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'photos'));
    const images = join(data, 'coco-val2017/images');
    for (const name of (await readdir(images)).sort().slice(0, 4))
      await copyFile(join(images, name), join(folder, 'photos', name));
    await copyFile(join(repository, 'examples/models/yolox-nano.json'), join(folder, 'yolox-nano.json'));
    await copyFile(weights, join(folder, 'yolox_nano.onnx'));
    const { stdout: help } = await runCli(['sql', '--help']);
    const [, statement = ''] = /qualm sql --model yolox=yolox-nano\.json -c "\n([^"]*)"/.exec(help) ?? [];
    const run = ['sql', '--model', 'yolox=yolox-nano.json', '--json', '-c', statement];
    const { code, stdout, stderr } = await spawnCli(run, { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const rows = JSON.parse(stdout) as { image: string; label: string; margin: number }[];
    expect(rows).toHaveLength(20);
    const margins = rows.map(({ margin }) => margin);
    expect(margins).toEqual(margins.toSorted((a, b) => a - b));
    for (const { image } of rows) expect(image).toMatch(/photos\/\d{12}\.jpg$/);
  });
});
