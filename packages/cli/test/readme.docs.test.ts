import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe('README.md', () => {
  it('names the commands that there are, and options that they have', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .* {2}/gm)].map(([, name]) => name!);
    expect(commands).toEqual([
      ...['select', 'predict', 'merge', 'embed'],
      ...['rank', 'batch', 'errors', 'render', 'report', 'serve'],
      ...['simulate', 'sql', 'spark'],
      ...['models', 'bundle', 'doctor', 'trust', 'completion', 'help'],
    ]);
    commands.splice(commands.indexOf('help'), 1);
    for (const command of commands) expect(readme).toContain(`\`qualm ${command}`);
    const helps = await Promise.all(
      [
        ...commands.filter((command) => command !== 'models' && command !== 'spark'),
        ...['models log', 'spark predict', 'spark doctor'],
      ].map(async (command) => (await runCli([...command.split(' '), '--help'])).stdout),
    );
    const options = readme.match(/--[a-z][a-z-]+/g)!.filter((option) => option !== '--global');
    for (const option of options) expect(helps.join('') + stdout).toContain(option);
  });
});
