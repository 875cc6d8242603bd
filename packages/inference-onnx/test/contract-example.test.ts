import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vitest from 'vitest';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { testBackend, writeOnnxToys } from '@qualm/testkit';

testBackend({
  name: 'createOnnxBackend()',
  vitest,
  createBackend: () => createOnnxBackend({ sessions: 2 }),
  models: async () => writeOnnxToys(await mkdtemp(join(tmpdir(), 'toys-'))),
});
