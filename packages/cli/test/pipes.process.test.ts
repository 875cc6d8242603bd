import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeParts } from '../src/output/write-data.ts';
import { bin, runCli } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { inputs, toyPredictions, toyProject } from './toy-run.ts';

const hasBash = spawnSync('bash', ['--version']).status === 0;
if (!hasBash) console.warn('skipped: pipes of a shell; install bash to test them');

describe.skipIf(!hasBash)('a reader that leaves', () => {
  const inBash = async (line: string, cwd: string): Promise<{ stdout: string; stderr: string }> => {
    const { PATH = '' } = process.env;
    const child = spawn('bash', ['--norc', '-c', line], {
      cwd,
      env: { PATH, NODE: process.execPath, BIN: bin, QUALM_SESSIONS: '2' },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    await once(child, 'close');
    return { stdout, stderr };
  };

  it('predict and rank into head -1 end quietly, in the middle of what they have to say', async () => {
    const folder = await toyProject();
    await writeManyImages(join(folder, 'photos'), 400);
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    for (const command of [`predict ${inputs.join(' ')} --out -`, 'rank predictions --limit 100000']) {
      const line = `"$NODE" "$BIN" ${command} | head -1; echo "\${PIPESTATUS[0]}"`;
      const { stdout, stderr } = await inBash(line, folder);
      expect(stdout.split('\n').slice(1)).toEqual(['141', '']);
      expect(stderr).not.toMatch(/EPIPE|Error|\n\s+at /);
    }
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk behind stdout is told in one line', async () => {
    const folder = await toyPredictions();
    const { stdout, stderr } = await inBash('"$NODE" "$BIN" rank predictions > /dev/full; echo $?', folder);
    expect({ stdout, stderr }).toEqual({
      stdout: '1\n',
      stderr: expect.stringMatching(/^qualm: stdout: .*no space left on device.*\n$/) as string,
    });
  });
});

describe('writeParts(stream, parts)', () => {
  it('waits for a slow reader, with at most one piece on its way', async () => {
    let pending = 0;
    let most = 0;
    let text = '';
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _, done) {
        most = Math.max(most, ++pending);
        text += chunk.toString();
        setTimeout(() => (pending--, done()), 1);
      },
    });
    const parts = Array.from({ length: 20_000 }, (_, i) => `line ${i} of many\n`);
    await writeParts(slow, parts);
    expect(most).toBe(1);
    expect(slow.writableLength).toBe(0);
    expect(text).toBe(parts.join(''));
  });

  it('a stream that fails rejects with QualmError io', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('gone')) });
    await expect(writeParts(broken, ['a'])).rejects.toMatchObject({ code: 'io', message: 'stdout: gone' });
  });
});
