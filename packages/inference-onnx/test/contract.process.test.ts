import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vitest from 'vitest';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { testBackend, writeOnnxToys } from '@qualm/testkit';

testBackend({
  name: 'createOnnxBackend({ sessions: 2 })',
  vitest,
  createBackend: () => createOnnxBackend({ device: 'cpu', sessions: 2 }),
  models: async () => writeOnnxToys(await mkdtemp(join(tmpdir(), 'toys-'))),
  program: {
    module: new URL('../dist/index.js', import.meta.url).href,
    factory: 'createOnnxBackend',
    options: { sessions: 2 },
  },
});
