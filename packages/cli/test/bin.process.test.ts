import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf } from '@qualm/testkit';
import { expect, it } from 'vitest';
import { bin, spawnCli, temporaryFolder } from './run-cli.ts';

const cli = fileURLToPath(new URL('..', import.meta.url));

/** What a copy of the entry does, beside a `dist/main.js` of this content or beside none. */
async function runCopy(main: string | null, args: readonly string[] = []): ReturnType<typeof outcomeOf> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await cp(bin, join(folder, 'bin/qualm.js'));
  if (main !== null) {
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist/main.js'), main);
  }
  return outcomeOf(spawn(process.execPath, [join(folder, 'bin/qualm.js'), ...args]));
}

it('the command that npm links is a file that the package ships and git has, so that it is linked before a build', async () => {
  const { bin, files } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
    files: string[];
  };
  expect(bin).toEqual({ qualm: './bin/qualm.js' });
  expect(files).toContain('bin');
  expect(spawnSync('git', ['check-ignore', bin['qualm']!], { cwd: cli }).status).toBe(1);
});

it('qualm that is not built says in one line what to run', async () => {
  expect(await runCopy(null, ['--version'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'qualm: it is not built yet; run `npm run build` in the folder of the repository first\n',
  });
});

it('qualm that is built runs with its arguments, its exit code and its errors', async () => {
  const main = 'console.log(process.argv.slice(2).join()); process.exitCode = 3;';
  expect(await runCopy(main, ['rank', '--top', '3'])).toEqual({ code: 3, stdout: 'rank,--top,3\n', stderr: '' });
  const broken = await runCopy("import './not-here.js';");
  expect(broken.code).toBe(1);
  expect(broken.stderr).toMatch('ERR_MODULE_NOT_FOUND');
});

it('qualm --version is the version of the package', async () => {
  const { version } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8')) as { version: string };
  expect(await spawnCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});
