#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { exitCode } from './exit-code.ts';
import { run } from './run.ts';

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(exitCode.interrupted);
  process.stderr.write('\nstopping: what is done is kept; press Ctrl-C again to quit at once\n');
  interrupt.abort();
});

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await run(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  },
  version,
);
