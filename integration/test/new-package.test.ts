import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../src/repository.ts';

const leftOut = new Set(['node_modules', '.git', '.cache', '.nx', 'qualm-out']);
const own = 'packages/heat-maps';

let clone: string;

/** Runs a command in the clone, and gives what it printed; an error says it. */
async function run(command: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: clone, env: { ...process.env, NX_DAEMON: 'false' }, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(command, args, options).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
    },
  );
  return stdout;
}

/** What `npm install` would link: the packages of the clone, and those that are installed here. */
async function linkModules(): Promise<void> {
  const modules = join(clone, 'node_modules');
  await mkdir(join(modules, '@qualm'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@qualm' && name !== 'qualm') await symlink(join(root, 'node_modules', name), join(modules, name));
  for (const name of await readdir(join(root, 'node_modules/@qualm')))
    await cp(join(root, 'node_modules/@qualm', name), join(modules, '@qualm', name), { verbatimSymlinks: true });
  await symlink('../packages/cli', join(modules, 'qualm'));
  await symlink('../../packages/heat-maps', join(modules, '@qualm/heat-maps'));
}

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'qualm-clone-'));
  const filter = (path: string): boolean => !leftOut.has(basename(path));
  await cp(root, clone, { recursive: true, preserveTimestamps: true, filter });
  await linkModules();
  await mkdir(join(clone, '.cache'));
  const args = ['new:package', '--', 'heat-maps', 'Heat maps of attention over images', '--no-install'];
  await run('npm', 'run', '--silent', ...args);
  await run('npm', 'run', 'build');
});

afterAll(() => rm(clone, { recursive: true }));

it('a new package passes its own tests, and those that look at every package', async () => {
  const projects = ['--project', 'unit', '--project', 'docs'];
  const said = await run('npx', 'vitest', 'run', ...projects, `${own}/`, 'tools/workspace/test/arrows');
  expect(said).toMatch(/Test Files .*4 passed/);
});

it('a new package passes ESLint with its module boundaries, Prettier and knip', async () => {
  await run('sh', '-c', 'npx nx show projects > .cache/projects.txt');
  const changed = [
    own,
    'integration/consumers/heat-maps.ts',
    'integration/test/packed.test.ts',
    'integration/package.json',
    'tsconfig.json',
    'tools/workspace/arrows.json',
    'docs/architecture.md',
    'README.md',
  ];
  expect(await run('npx', 'prettier', '--check', ...changed)).toContain('All matched files use Prettier code style!');
  expect(await run('npx', 'eslint', own, 'integration/consumers/heat-maps.ts')).toBe('');
  expect(await run('npx', 'knip')).toBe('');
});

it('a new package is packed as it exports it, and its program prints what its test expects', async () => {
  await run('npm', 'run', 'check', '-w', '@qualm/heat-maps');
  expect(await run('npx', 'tsx', 'integration/consumers/heat-maps.ts')).toBe('2\n');
});

it('a name that is taken is refused, and so is one that is no name', async () => {
  const ask = (name: string): Promise<string> => run('npm', 'run', '--silent', 'new:package', '--', name, 'Anything');
  await expect(ask('heat-maps')).rejects.toThrow('packages/heat-maps is there already; choose another name');
  await expect(ask('Heat')).rejects.toThrow('usage: npm run new:package');
});
