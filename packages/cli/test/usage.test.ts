import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { storedPredictions } from './stored-predictions.ts';

const inputs = ['--images', 'photos', '--model', 'model/quarters.json'];
const select = ['select', ...inputs];
const shard = ['predict', ...inputs, '--out', 'out', '--shard'];
const oneBox = [{ image_id: 'a', boxes: [{ box: [0, 0, 9, 9], scores: [0.5, 0.25, 0.25] }] }] as const;

describe('a wrong command line', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['unknown option', [...select, '--strateg', 'margin'], /unknown option '--strateg'[^]*Did you mean --strategy\?/],
    ['unknown command', ['selct'], /unknown command 'selct'[^]*Did you mean select\?/],
    ['nothing at all', [], /Usage: qualm/],
    ['no model', ['select', '--images', 'photos'], /--model <spec>/],
    ['no images', ['select', '--model', 'model/quarters.json'], /name the images/],
    ['no --out', ['predict', ...inputs], /say --out predictions \(a folder\)/],
    ['two places', ['predict', ...inputs, '--out', 'out', '--scores', 'a.npz'], /--out <folder>' cannot be used with/],
    ['a file of scores that is a table', ['predict', ...inputs, '--scores', 'a.csv'], /ends in none of .npz/],
    ['a file of scores to resume', ['predict', ...inputs, '--scores', 'a.npz', '--resume'], /need a folder in --out/],
    ['one argument too many', ['rank', 'a', 'b'], /too many arguments/],
    ['a missing argument', ['rank'], /missing required argument/],
    ['a limit of 0', [...select, '--limit', '0'], /expected a whole number from 1/],
    ['a limit that is not a number', [...select, '--limit', 'ten'], /expected a whole number from 1/],
    ['a limit in hexadecimal', [...select, '--limit', '0x10'], /expected a whole number from 1/],
    ['an empty limit', [...select, '--limit', ''], /expected a whole number from 1/],
    ['half a session', [...select, '--sessions', '0.5'], /expected a whole number from 1/],
    ['a score above 1', [...select, '--min-score', '1.5'], /expected a number from 0 to 1/],
    ['a score that is not a number', [...select, '--min-score', 'NaN'], /expected a number from 0 to 1/],
    ['no rows in a shard', [...select, '--shard-rows', '0'], /expected a whole number from 1/],
    ['an unknown device', [...select, '--device', 'tpu'], /Allowed choices are auto, cpu, cuda/],
    ['an unknown gate', [...select, '--fail-on', 'images>3'], /"failed>0", "failed>5%" or "boxes<1"/],
    ['an unknown strategy', [...select, '-s', 'doubt'], /least-confidence, margin, ratio, entropy, gini/],
    [
      'a strategy of a package that is not there',
      [...select, '-s', 'nowhere#score'],
      /no package "nowhere" is installed in/,
    ],
    ['a name of Object', [...select, '-s', 'constructor'], /"constructor" is unknown/],
    ['a strategy file that is not there', [...select, '-s', './no.js#f'], /no\.js is not there; check the path/],
    ['a folder as a strategy', [...select, '-s', './#f'], /is no file; name a module, such as \.\/mine\.ts#mine/],
    ['a list of an unknown kind', ['rank', 'predictions', '--out', 'list.xlsx'], /\.csv, \.json or \.parquet/],
    ['--resume on stdout', ['predict', ...inputs, '--out', '-', '--resume'], /--resume needs a folder/],
    ['--shard on stdout', ['predict', ...inputs, '--out', '-', '--shard', '1/2'], /--shard needs a folder in --out/],
    ['--shard with --scores', ['predict', ...inputs, '--scores', 'a.npz', '--shard', '1/2'], /cannot be used with/],
    ['a shard 0', [...shard, '0/16'], /expected a share from 1\/16 to 16\/16; to a number that counts from 0 add 1/],
    ['a shard above their number', [...shard, '17/16'], /expected a share from 1\/16 to 16\/16\n/],
    ['a shard of none', [...shard, '3/0'], /expected 1 share at least/],
    ['a shard that is no number', [...shard, 'x'], /expected a share and how many there are, such as 3\/16/],
    ['a shard without a number', [...shard, '/16'], /such as 3\/16/],
    ['half a shard', [...shard, '1.5/16'], /such as 3\/16/],
    ['nothing to merge', ['merge', '--out', 'out'], /missing required argument 'shares'/],
    ['no place for a merge', ['merge', 'shares/1'], /required option '-o, --out <folder>' not specified/],
    ['several folders with --coco', [...select, '--coco', 'x.json', '--images', 'a', 'b'], /expected one folder/],
  ])('%s: exit code 2, and nothing is written', async (_, args, message) => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runCli(args, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['no such export', 'export const other = 1;', 'has no export "score"'],
    ['no function', 'export const score = 1;', 'is neither a function nor a { name, order, score }'],
    ['another export', 'export const skore = () => 1;', 'has no export "score"; it exports skore'],
    ['a syntax error', 'export const score = ;', 'cannot be imported'],
    ['an unknown order', "export const score = { order: 'up', score: () => 1 };", 'expected ascending or descending'],
  ])('a strategy file with %s', async (_, source, message) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'mine.mjs'), source);
    const { code, stderr } = await runCli([...select, '-s', './mine.mjs#score'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});

describe('a wrong option of batch', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['a broken pattern', ['--group-by', '('], /--group-by: "\(" is neither folder nor a regular expression/],
    ['a quota without a number', ['--quota', 'red'], /expected class=max, class=min:max or class=min:/],
    ['a quota upside down', ['--quota', 'red=3:1'], /the minimum 3 is above the maximum 1/],
    ['minimums above the count', ['--count', '2', '--quota', 'red=3:'], /the minimums add up to 3; --count is 2/],
    ['quota and balance', ['--balance', '--quota', 'red=3'], /cannot be used with option/],
    ['a budget of 0', ['--budget', '0'], /expected a number above 0/],
  ])('%s: exit code 2', async (_, args, message) => {
    const folder = await storedPredictions(oneBox);
    const { code, stderr } = await runCli(['batch', folder, ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});

describe('a wrong option of rank', () => {
  it.each([
    ['--aggregate', 'median', 'expected least-sure, max, min, mean, sum, count, top-mean:<k>'],
    ['--aggregate', 'top-mean:0', 'top-mean:<k> with k from 1'],
    ['--empty', 'middle', 'expected first, last or a number'],
  ])('%s %s is refused', async (flag, value, message) => {
    const folder = await storedPredictions(oneBox);
    const { code, stderr } = await runCli(['rank', folder, flag, value]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});

describe('--version and --help', () => {
  it.each(['select', 'predict', 'embed', 'rank', 'batch', 'render', 'report', 'serve'])(
    'every option of %s stands under a heading',
    async (command) => {
      const { stdout } = await runCli([command, '--help']);
      expect(/\nOptions:\n([^]*?)\n\n/.exec(stdout)![1]).toMatch(/^ +-h, --help .*$/);
    },
  );

  it('--version is the version alone, on stdout', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: '0.0.0-test\n', stderr: '' });
  });

  it.each([
    [''],
    ['select'],
    ['predict'],
    ['merge'],
    ['rank'],
    ['embed'],
    ['batch'],
    ['errors'],
    ['render'],
    ['report'],
    ['serve'],
    ['simulate'],
    ['sql'],
    ['models'],
    ['models ls'],
    ['models show'],
    ['models log'],
    ['models pull'],
    ['models alias'],
    ['models rm'],
    ['bundle'],
    ['doctor'],
    ['trust'],
    ['completion'],
  ])('qualm %s --help', async (command) => {
    const { code, stdout, stderr } = await runCli([...command.split(' ').filter(Boolean), '--help'], {
      cwd: await temporaryFolder(),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`snapshots/help-${command.replace(' ', '-') || 'qualm'}.txt`);
  });
});
