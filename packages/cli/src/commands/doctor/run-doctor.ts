import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { readModelSpec } from '@qualm/pipeline';
import { counted, createTensor, printableLines, QualmError } from '@qualm/types';
import type { Backend } from '@qualm/types';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeData } from '../../output/write-data.ts';
import type { Measured } from './measure-device.ts';
import { measureModel } from './measure-model.ts';

/** What became of running a small model in one way. */
interface Finding {
  readonly runs: string;
  readonly ok: boolean;
  readonly detail: string;
}

const asset = (name: string): string => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));
const onnx = asset('affine.onnx');
const tfjs = asset('affine-tfjs/model.json');

/** What `qualm doctor` was asked for. */
export interface DoctorOptions {
  /** A spec whose model is measured. */
  readonly model?: string | undefined;
  readonly modelRoot?: string | undefined;
  readonly backend?: string | undefined;
  readonly json?: true | undefined;
}

/** Runs a small model in each way that qualm knows, and prints what works and what to install where
 * it does not; of a model of the user's, how fast it is on each device.
 */
export async function runDoctor(options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { json } = options;
  const { stdout } = terminal;
  if (options.model !== undefined) return measure({ ...options, model: options.model }, terminal);
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

/** Less than 10 s, with what it takes to start and to print. */
const measuringMs = 9000;

async function measure(
  { model: path, modelRoot, backend, json }: DoctorOptions & { readonly model: string },
  { stdout, cwd, signal }: Terminal,
): Promise<void> {
  const root = modelRoot === undefined ? {} : { root: resolve(cwd, modelRoot) };
  const model = await readModelSpec(resolve(cwd, path), { ...root, rootName: '--model-root' });
  const findings = await measureModel({ model, seconds: 1, backend, cwd }, measuringMs, signal);
  if (signal.aborted) throw new QualmError('aborted', 'doctor: aborted');
  const [fastest] = findings.filter(({ measured }) => measured).sort((a, b) => b.measured!.rate - a.measured!.rate);
  const { name } = model.spec;
  if (json) {
    await writeData(stdout, `${JSON.stringify({ model: name, fastest: fastest?.device ?? null, findings })}\n`);
    return;
  }
  const lines = findings.map(({ device, measured, reason }) => {
    return `${measured ? 'yes' : 'no '}  ${device.padEnd(12)} ${measured ? speedOf(measured) : reason}\n`;
  });
  const end = fastest ? `${name} is fastest on ${fastest.device}\n` : `${name} runs nowhere here\n`;
  await writeData(stdout, printableLines([...lines, end].join('')));
}

function speedOf({ rate, sessions, batch, loadMs, runMs }: Measured): string {
  const at = sessions === 1 ? 'one session' : counted(sessions, 'session');
  const many = batch === 1 ? '' : ` of ${counted(batch, 'image')}`;
  return `${rate.toPrecision(3)} images a second in ${at}, a run${many} in ${runMs.toFixed(1)} ms, loaded in ${loadMs.toFixed(0)} ms`;
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
