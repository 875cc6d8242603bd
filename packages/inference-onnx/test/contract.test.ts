import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testBackend, writeOnnxToys } from '@qualm/testkit';
import { createOnnxBackend } from '../src/index.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'qualm-onnx-contract-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

testBackend({
  name: 'createOnnxBackend({ sessions: 2 })',
  vitest: { afterAll, beforeAll, describe, expect, test },
  createBackend: () => createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }),
  models: () => writeOnnxToys(folder),
  program: {
    module: new URL('../dist/index.js', import.meta.url).href,
    factory: 'createOnnxBackend',
    options: { sessions: 2 },
  },
});
