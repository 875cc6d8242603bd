import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bin, runCli, temporaryFolder } from './run-cli.ts';

/** The words that a shell is offered where a line ends. */
async function wordsAfter(line: string, shell = 'bash'): Promise<readonly string[]> {
  const env = { SHELL: shell, COMP_LINE: line, COMP_POINT: String(line.length), COMP_CWORD: '1' };
  const { code, stdout, stderr } = await runCli(['completion-server', '--', ...line.split(' ')], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').filter(Boolean);
}

describe('qualm completion', () => {
  it.each<[string, readonly string[]]>([
    ['qualm re', ['render', 'report']],
    ['qualm models l', ['ls', 'log']],
    ['qualm rank predictions --agg', ['--aggregate']],
    ['qualm rank predictions --level ', ['detections', 'images']],
    ['qualm select --device c', ['cpu', 'cuda', 'coreml']],
    ['qualm completion z', ['zsh']],
    ['qualm rank ', ['__tabtab_complete_files__']],
    ['qualm select -m ', ['__tabtab_complete_files__']],
    ['qualm xy', []],
  ])('%s goes on with %j', async (line, words) => {
    expect(await wordsAfter(line)).toEqual(words);
  });

  it('offers descriptions where the shell shows them, and not the hidden command', async () => {
    expect(await wordsAfter('qualm tru', 'fish')).toEqual([expect.stringMatching(/^trust\tlet the settings file/)]);
    expect(await wordsAfter('qualm tru', 'zsh')).toEqual([expect.stringMatching(/^trust:let the settings file/)]);
    expect(await wordsAfter('qualm completion', 'bash')).toEqual(['completion']);
  });

  it('completes in bash itself', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'bin'));
    await symlink(bin, join(folder, 'bin/qualm'));
    const { stdout: script } = await runCli(['completion', 'bash']);
    await writeFile(join(folder, 'script.sh'), script);
    const typed = 'qualm rank predictions --le';
    const ask = [
      '. ./script.sh',
      `COMP_WORDS=(${typed}) COMP_CWORD=3 COMP_LINE='${typed}' COMP_POINT=${typed.length}`,
      '_qualm_completion',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', ask], { cwd: folder, env });
    expect(stdout).toBe('--level\n');
  });

  it('knows three shells', async () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect((await runCli(['completion', shell])).stdout).toContain('completion-server');
    const { code, stderr } = await runCli(['completion', 'tcsh']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish')]);
  });
});
