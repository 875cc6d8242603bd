import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { createTensor, QualmError } from '@qualm/types';
import type { Backend } from '@qualm/types';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeData } from '../../output/write-data.ts';

/** What became of running a small model in one way. */
interface Finding {
  readonly runs: string;
  readonly ok: boolean;
  readonly detail: string;
}

const asset = (name: string): string => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));
const onnx = asset('affine.onnx');
const tfjs = asset('affine-tfjs/model.json');

/** Runs a small model in each way that qualm knows, and prints what works and what to install where
 * it does not.
 */
export async function runDoctor(json: boolean, { stdout }: Terminal): Promise<void> {
  const machine = {
    qualm: (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
      .version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory_gib: Math.round(totalmem() / 2 ** 30),
  };
  const findings = [
    await tryOut('ONNX on CPU', createOnnxBackend({ device: 'cpu', sessions: 1 }), onnx),
    await tryOut('ONNX on CUDA', createOnnxBackend({ device: 'cuda', sessions: 1 }), onnx),
    await tryOut('TF.js on WASM', createTfjsBackend({ runtime: 'wasm', sessions: 1 }), tfjs),
    await tryOut('TF.js on tfjs-node', createTfjsBackend({ runtime: 'node', sessions: 1 }), tfjs),
    await tryOut('TF.js on tfjs-node-gpu', createTfjsBackend({ runtime: 'node-gpu', sessions: 1 }), tfjs),
  ];
  if (json) {
    await writeData(stdout, `${JSON.stringify({ ...machine, findings })}\n`);
    return;
  }
  const lines = [
    ...Object.entries(machine).map(([name, value]) => `${name.padEnd(12)} ${value}\n`),
    ...findings.map(({ runs, ok, detail }) => `${ok ? 'yes' : 'no '}  ${runs.padEnd(24)} ${detail}\n`),
  ];
  await writeData(stdout, lines.join(''));
}

async function tryOut(runs: string, backend: Backend, path: string): Promise<Finding> {
  try {
    const began = performance.now();
    const model = await backend.load({ model: path });
    try {
      const { y } = await model.run({ x: createTensor('float32', [1, 3], Float32Array.of(1, 0, 0)) });
      const [first, second] = Array.from(y!.data, Number);
      const ok = first === 1.5 && second === 1;
      const ms = (performance.now() - began).toFixed(0);
      return { runs, ok, detail: ok ? `loaded and ran in ${ms} ms` : `gave ${first}, ${second}; expected 1.5, 1` };
    } finally {
      await model.dispose();
    }
  } catch (error) {
    if (!QualmError.is(error)) throw error;
    return { runs, ok: false, detail: error.message };
  }
}
