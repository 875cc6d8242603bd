import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bin, runCli, spawnCli } from './run-cli.ts';
import { inputs, toyPredictions, toyProject } from './toy-run.ts';

const asNode = { platform: 'node', format: 'esm', packages: 'external', outdir: 'dist' } as const;
const escape = '\u001b';
const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.warn('skipped: what is shown on a terminal; install script (util-linux) to test it');

/** Runs the command on a pseudo-terminal, both streams in one. */
async function onTerminal(args: readonly string[], cwd: string, env: Record<string, string>): Promise<string> {
  const line = [process.execPath, bin, ...args].map((part) => `'${part}'`).join(' ');
  const { PATH = '' } = process.env;
  const { stdout } = await promisify(execFile)('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { PATH, TERM: 'xterm', QUALM_SESSIONS: '2', ...env },
  });
  return stdout;
}

describe('the first word', () => {
  it('comes before anything is loaded but Node and a few kilobytes', async () => {
    const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const { metafile } = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, ...asNode });
    const loaded = new Set<string>();
    const load = (path: string): void => {
      if (loaded.has(path)) return;
      loaded.add(path);
      const imports = metafile.inputs[path]?.imports ?? [];
      for (const { kind, path: next } of imports) if (kind === 'import-statement') load(next);
    };
    load(Object.keys(metafile.inputs).find((path) => path.endsWith('cli/src/main.ts'))!);
    const ours = [...loaded].filter((path) => !path.startsWith('node:'));
    expect(ours.length).toBeGreaterThan(1);
    const sizes = ours.map((path) => metafile.inputs[path]?.bytes ?? Infinity);
    expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThan(10_000);
  });
});

describe('without a terminal', () => {
  it('there are no escape sequences, and a plain line of progress', async () => {
    const folder = await toyProject();
    const { stdout, stderr } = await spawnCli(['select', ...inputs, '--out', 'found'], {
      cwd: folder,
      env: { TERM: 'xterm' },
    });
    expect(stdout + stderr).not.toContain(escape);
    expect(stderr).toMatch(/^predict: 3\/3 · 0 failed · [\d.]+ images\/s$/m);
    expect(stderr.startsWith('starting ...\n')).toBe(true);
  });
});

describe.skipIf(!hasScript)('on a terminal', () => {
  it('there is a bar', async () => {
    const folder = await toyProject();
    const shown = await onTerminal(['select', ...inputs, '--out', 'found'], folder, {});
    expect(shown).toContain(escape);
    expect(shown).toMatch(/predict █+ 3\/3 · 0 failed/);
  });

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['TERM=dumb', { TERM: 'dumb' }, []],
    ['--no-color', {}, ['--no-color']],
  ])('%s: no escape sequences', async (_, env, more) => {
    const folder = await toyProject();
    const shown = await onTerminal(['select', ...inputs, '--out', 'found', ...more], folder, env);
    expect(shown).not.toContain(escape);
    expect(shown).toMatch(/predict: 3\/3/);
  });

  it('a summary and a list have colour, an error a red word, where it is wanted', async () => {
    const folder = await toyProject();
    const select = await onTerminal(['select', ...inputs, '--out', 'found'], folder, {});
    expect(select).toMatch(/\u001b\[2m +1\u001b\[22m  \u001b\[1m[\d.]+\u001b\[22m  \w+ [\d.]+ or \w+ [\d.]+  \w\.jpg/);
    const rank = ['rank', 'found/predictions', '--level', 'images'];
    expect(await onTerminal(rank, folder, {})).toMatch(/\n\u001b\[1mrank │ marginUnc\w*…? │ label .*\u001b\[22m\r?\n/);
    expect(await onTerminal(rank, folder, { NO_COLOR: '1' })).toMatch(/\nrank │ marginUnc\w*…? │ label/);
    expect(
      await onTerminal(['rank', 'nowhere'], folder, {}).catch(({ stdout }: { stdout: string }) => stdout),
    ).toContain('\u001b[31mqualm:\u001b[39m ');
  });

  it('the contact sheet is shown in it where it can, and only there', async () => {
    const folder = await toyPredictions();
    const shown = (env: Record<string, string>, ...more: string[]): Promise<string> =>
      onTerminal(['render', 'predictions', '--min-score', '0', ...more], folder, env);
    const kitty = await shown({ TERM: 'xterm-kitty' });
    expect(kitty).toContain(`${escape}_Ga=T,f=100,q=2,`);
    expect(kitty.replaceAll(/\u001b_G[^\u001b]*\u001b\\/g, '')).not.toContain(escape);
    expect(await shown({ TERM: 'foot' })).toMatch(/\u001bP[\d;]*q/);
    expect(await shown({ TERM: 'xterm', TERM_PROGRAM: 'iTerm.app' })).toContain(`${escape}]1337;File=inline=1;`);
    for (const none of [await shown({ TERM: 'xterm' }), await shown({ TERM: 'xterm-kitty' }, '--inline', 'never')])
      expect(none).not.toMatch(/\u001b[_P\]]/);
    const { stderr } = await spawnCli(['render', 'predictions'], { cwd: folder, env: { TERM: 'xterm-kitty' } });
    expect(stderr).not.toContain(escape);
  });
});

describe('names that are typed', () => {
  it('with control characters are shown as escapes', async () => {
    const { code, stderr } = await runCli(['models', 'show', 'x\u001b[2J\u202e.json']);
    expect(code).toBe(1);
    expect(stderr).toContain('x\\x1b[2J\\u202e.json');
    expect((await runCli(['doctor', `--\u001b[31m`])).stderr).toContain("unknown option '--\\x1b[31m'");
  });
});
