import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needsNoTrust } from '../src/settings/setting-trust.ts';
import { runCli } from './run-cli.ts';

/** A folder of somebody else with settings, and a module that says when it runs; and a home. */
async function project(settings: string, file = 'qualm.config.yaml') {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'qualm-trust-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [folder, home] = [join(root, 'data'), join(root, 'home')];
  await mkdir(folder);
  await mkdir(home);
  await mkdir(join(folder, 'predictions'));
  await writeFile(join(folder, file), settings);
  await writeFile(join(folder, 'mine.mjs'), 'globalThis.qualmRan = true; export const mine = (scores) => scores[0];');
  const run = (...args: string[]): Promise<ProcessOutcome> => runCli(args, { cwd: folder, env: { HOME: home } });
  const ran = (): unknown => {
    const { qualmRan } = globalThis as { qualmRan?: unknown };
    delete (globalThis as { qualmRan?: unknown }).qualmRan;
    return qualmRan;
  };
  return { folder, home, run, ran, file: join(folder, file) };
}

const refused = 'which is not trusted; read the file, then run "qualm trust" there, or give --strategy';

describe('settings of a folder that nobody trusts', () => {
  it('name what is harmless, and one line says what was taken from where', async () => {
    const { home, run, file } = await project('strategy: entropy\nmin-score: 0.5\ntitle: not of rank\n');
    await writeFile(join(home, '.qualmrc'), 'limit: 7\nmin-score: 0.9\n');
    const { stderr } = await run('rank', 'predictions');
    const [said] = stderr.split('\n');
    expect(said).toBe(`settings: strategy, min-score from ${file}; limit from ${join(home, '.qualmrc')}`);
    expect((await run('rank', 'predictions', '--min-score', '0.1')).stderr).toContain(
      `settings: strategy from ${file}`,
    );
  });

  it('run no module, unless they are trusted as they are, or it is named by a flag', async () => {
    const { run, ran, file } = await project('strategy: ./mine.mjs#mine\n');
    const { code, stdout, stderr } = await run('rank', 'predictions');
    expect({ code, stdout, ran: ran() }).toEqual({ code: 2, stdout: '', ran: undefined });
    expect(stderr).toContain(`${file}: "strategy: ./mine.mjs#mine" runs code`);
    expect(stderr).toContain(refused);
    expect((await run('rank', 'predictions', '--strategy', 'margin')).stderr).not.toContain(refused);
    expect((await run('trust', '--remove')).stderr).toBe(`${file}: already not trusted\n`);
    expect((await run('trust')).stderr).toBe(`${file}: trusted\n  strategy: ./mine.mjs#mine\n`);
    expect((await run('rank', 'predictions')).stderr).toContain(`settings: strategy from ${file}`);
    expect(ran()).toBe(true);
    await writeFile(file, 'strategy: ./mine.mjs#default\n');
    expect((await run('rank', 'predictions')).stderr).toContain(refused);
    await run('trust');
    await run('trust', '--remove');
    expect((await run('rank', 'predictions')).stderr).toContain(refused);
    expect(ran()).toBeUndefined();
  });

  it('are all taken from home', async () => {
    const { home, run, ran } = await project('');
    await writeFile(join(home, 'mine.mjs'), 'globalThis.qualmRan = "home"; export const mine = (scores) => scores[0];');
    await writeFile(join(home, '.qualmrc'), 'strategy: ./mine.mjs#mine\n');
    await run('rank', 'predictions');
    expect(ran()).toBe('home');
  });

  it.each([
    ['tracking-uri: https://tracker.example', ['models', 'ls']],
    ['tracking-uri: https://tracker.example', ['select', '--images', '.', '--model', 'mlflow:/a']],
    ['model: https://models.example/a.json', ['select', '--images', '.']],
    ['out: ../elsewhere', ['select', '--images', '.', '--model', 'a.json']],
    ['images: /etc', ['predict', '--model', 'a.json', '--out', 'p']],
    ['raw: true', ['rank', 'predictions']],
    ['head: ./mine.mjs#mine', ['predict', '--images', '.', '--model', 'a.json', '--out', 'p']],
    ['backend: ./mine.mjs#mine', ['predict', '--images', '.', '--model', 'a.json', '--out', 'p']],
    ['force: true', ['rank', 'predictions']],
    ['graph-cache: ../graphs', ['predict', '--images', '.', '--model', 'a.json', '--out', 'p']],
    ['graph-cache: graphs', ['predict', '--images', '.', '--model', 'a.json', '--out', 'p']],
  ])('do not say %j', async (settings, args) => {
    const { run } = await project(settings);
    const { code, stderr } = await run(...args);
    expect({ code, refused: stderr.includes('which is not trusted') }, stderr).toEqual({ code: 2, refused: true });
  });

  it.each(['qualm.config.js', 'qualm.config.cjs', 'qualm.config.mjs', 'package.json', '.qualmrc.js'])(
    'are not in %s',
    async (file) => {
      const text = file === 'package.json' ? '{"qualm":{"nonsense":1}}' : 'globalThis.qualmRan = true;';
      const { run, ran } = await project(text, file);
      const { stderr } = await run('rank', 'predictions');
      expect(stderr).not.toContain('settings');
      expect(stderr).not.toContain('nonsense');
      expect(ran()).toBeUndefined();
    },
  );

  it('are trusted by nobody without a home, and nowhere where there are none', async () => {
    const { folder, run } = await project('strategy: ./mine.mjs#mine\n');
    expect(await runCli(['trust'], { cwd: folder })).toMatchObject({ code: 2 });
    expect(await run('trust', 'predictions')).toMatchObject({ code: 2 });
  });
});

describe('needsNoTrust(name, value, folder)', () => {
  it('lets paths lead nowhere but into the folder, by links too', async () => {
    const { folder } = await project('');
    await symlink('/', join(folder, 'root'));
    await symlink(join(folder, 'predictions'), join(folder, 'inner'));
    const places = ['.', 'photos', 'a/../b', 'inner/x', join(folder, 'new/deep'), '-', '..hidden'];
    const others = ['..', '../data2', '/etc', 'root/etc', 'root', 'file:///etc', 'https://a.example', '//host/share'];
    expect(await Promise.all(places.map((path) => needsNoTrust('images', path, folder)))).toEqual(
      places.map(() => true),
    );
    expect(await Promise.all(others.map((path) => needsNoTrust('images', path, folder)))).toEqual(
      others.map(() => false),
    );
    expect(await needsNoTrust('model', 'mlflow:/ssd@champion', folder)).toBe(true);
    expect(await needsNoTrust('model', 'mlflow://host/ssd', folder)).toBe(false);
    expect(await needsNoTrust('images', 'mlflow:/ssd', folder)).toBe(false);
    expect(await needsNoTrust('an-option-of-tomorrow', '1', folder)).toBe(false);
  });

  it('keeps its list to the user', async () => {
    const { home, run, file } = await project('limit: 3\n');
    await run('trust');
    const list = JSON.parse(await readFile(join(home, '.config/qualm/trusted.json'), 'utf8')) as object;
    expect(Object.keys(list)).toEqual([file]);
  });
});
