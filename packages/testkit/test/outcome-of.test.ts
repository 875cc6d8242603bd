import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { outcomeOf } from '../src/index.ts';

it('outcomeOf(child) gives the exit code, and both streams in whole characters', async () => {
  const program = "process.stdout.write('fünf'); process.stderr.write('no'); process.exitCode = 3";
  const child = spawn(process.execPath, ['-e', program]);
  expect(await outcomeOf(child)).toEqual({ code: 3, stdout: 'fünf', stderr: 'no' });
});
