import { expect, it } from 'vitest';
import { startEngine } from '../../src/host/start-engine.ts';
import type { HostAnswers } from '../../src/host/start-engine.ts';

const data = {
  path: ':memory:',
  readOnly: false,
  cwd: '/',
  cache: { maxBytes: 0, folder: null },
} as const;
const script = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

it.each([
  ['exits', 'process.exit(3)', 'exit code 3'],
  ['throws', "throw new Error('boom')", 'boom'],
  [
    'dies while it is asked',
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(4))",
    'exit code 4',
  ],
])('a thread that %s fails what waits for it, and all later statements', async (_, text, reason) => {
  const engine = startEngine(data, {} as HostAnswers, script(text));
  const failure = { code: 'query-failed', message: expect.stringContaining(reason) as string };
  await expect(engine.ask('names', null)).rejects.toMatchObject(failure);
  await expect(engine.ask('names', null)).rejects.toMatchObject(failure);
  engine.cancel();
  await engine.terminate();
});
