import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vitest from 'vitest';
import { testBackend, writeTfjsToys } from '@qualm/testkit';
import { createTfjsBackend } from '../src/create-tfjs-backend.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-tfjs-'));
vitest.afterAll(() => rm(folder, { recursive: true, force: true }));

testBackend({
  name: 'createTfjsBackend on wasm',
  vitest,
  createBackend: () => createTfjsBackend({ runtime: 'wasm', sessions: 2 }),
  models: () => writeTfjsToys(folder),
  program: {
    module: new URL('../dist/index.js', import.meta.url).href,
    factory: 'createTfjsBackend',
    options: { runtime: 'wasm', sessions: 1 },
  },
});
