import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createReporter } from '../src/terminal/reporter.ts';

it('a bar ends before the word that the run stops, and does not come again', async () => {
  const stop = new AbortController();
  const stderr = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 60,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  let shown = '';
  stderr.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const terminal = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    env: {},
    cwd: '/',
    signal: stop.signal,
  };
  const reporter = createReporter(terminal, { json: false });
  await expect
    .poll(() => {
      reporter.progress('predict', { done: 37, failed: 0, total: 209 });
      return shown;
    })
    .toContain('37/209');
  stop.abort();
  stderr.write('stopping\n');
  reporter.progress('predict', { done: 38, failed: 0, total: 209 });
  reporter.note('37 of 209 images are stored');
  expect(shown).toMatch(/37\/209[^\n]*\n[^░█]*stopping\n37 of 209 images are stored\n$/);
});
