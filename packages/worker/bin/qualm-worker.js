#!/usr/bin/env node
// Committed, so that npm finds it when it links commands: what is built comes later.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../dist/program/main.js', import.meta.url))) await import('../dist/program/main.js');
else {
  process.stderr.write(
    'qualm-worker: it is not built yet; run `npm run build` in the folder of the repository first\n',
  );
  process.exitCode = 1;
}
