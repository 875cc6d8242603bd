import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe('README.md', () => {
  it('names the commands that there are, and options that they have', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*\[options\]|^ {2}(models) /gm)].map(([, a, b]) => a ?? b);
    expect(commands).toEqual([
      'select',
      'predict',
      'rank',
      'batch',
      'errors',
      'render',
      'report',
      'serve',
      'simulate',
      'sql',
      'models',
      'doctor',
      'trust',
    ]);
    for (const command of commands) expect(readme).toContain(`\`qualm ${command}`);
    const helps = await Promise.all(
      [
        'select',
        'predict',
        'rank',
        'batch',
        'errors',
        'render',
        'report',
        'serve',
        'simulate',
        'sql',
        'models log',
      ].map(async (command) => (await runCli([...command.split(' '), '--help'])).stdout),
    );
    const options = readme.match(/--[a-z][a-z-]+/g)!.filter((option) => option !== '--global');
    for (const option of options) expect(helps.join('') + stdout).toContain(option);
  });
});
