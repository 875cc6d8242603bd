import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import { encodeMeanColour, meanColourSpec } from '@qualm/testkit';
import { mlflowPython, startMlflow } from '../integration/src/mlflow-server.ts';
import { writeResult } from './write-result.ts';

/* Models to and from a real MLflow server on this machine, against MLflow's Python client by
 * turns: 300 MiB up, 300 MiB down, and a small model by its registered name, new and in the
 * cache. The floor is the same bytes by fetch, thrown away. Installs what it needs. */

const mebibytes = 300;
const rounds = 3;
const run = promisify(execFile);
const scratch = await mkdtemp(join(tmpdir(), 'qualm-mlflow-'));
const python = await mlflowPython('3.17');
const server = await startMlflow('3.17', join(scratch, 'server'));
const spec = meanColourSpec;
const model = spec.files.model;

interface Times {
  upMs: number;
  downMs: number;
  smallMs: number;
}

try {
  const large = await largeFile();
  const small = join(scratch, 'small.onnx');
  await writeFile(small, encodeMeanColour());
  const registry = createMlflowRegistry({ trackingUri: server.address, cacheFolder: join(scratch, 'first') });
  await registry.logModel({ files: { [model]: small }, spec, registeredModelName: 'small' });

  const ours: (Times & { cachedMs: number })[] = [];
  const theirs: (Times & { mlflow: string })[] = [];
  const floors: number[] = [];
  const commands: { oursMs: number; pythonMs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const script = join(import.meta.dirname, 'python/mlflow_transfer.py');
    const { stdout } = await run(python, [script, server.address, large, 'small', '1']);
    theirs.push(JSON.parse(stdout.trim().split('\n').at(-1)!) as Times & { mlflow: string });
    ours.push(await timesOfOurs(large, round));
    floors.push(await floorMs(large));
    commands.push(await commandTimes(round));
  }

  const best = (times: readonly Times[], key: keyof Times): number => Math.min(...times.map((time) => time[key]));
  const floor = Math.min(...floors);
  const cachedMs = Math.min(...ours.map((time) => time.cachedMs));
  const results = (['upMs', 'downMs', 'smallMs'] as const).map((key) => {
    const [oursMs, pythonMs] = [best(ours, key), best(theirs, key)];
    return { name: key.slice(0, -2), oursMs, pythonMs, timesPython: pythonMs / oursMs };
  });
  const [oursMs, pythonMs] = (['oursMs', 'pythonMs'] as const).map((key) =>
    Math.min(...commands.map((time) => time[key])),
  );
  results.push({ name: 'command', oursMs: oursMs!, pythonMs: pythonMs!, timesPython: pythonMs! / oursMs! });
  for (const { name, oursMs, pythonMs, timesPython } of results)
    console.log(
      `${name}: ${oursMs.toFixed(0)} ms, Python ${pythonMs.toFixed(0)} (${timesPython.toFixed(2)} times as fast)`,
    );
  console.log(
    `300 MiB by fetch, thrown away: ${floor.toFixed(0)} ms; a small model that is in the cache: ${cachedMs.toFixed(0)} ms`,
  );
  writeResult('mlflow', { mlflow: theirs[0]!.mlflow }, { mebibytes, rounds, results, floorDownMs: floor, cachedMs });
  await registry.dispose();
} finally {
  await server.stop();
  await rm(scratch, { recursive: true });
}

async function timesOfOurs(large: string, round: number): Promise<Times & { cachedMs: number }> {
  const cacheFolder = join(scratch, `cache-${round}`);
  const registry = createMlflowRegistry({ trackingUri: server.address, cacheFolder });
  const name = `large-${round}`;
  const upMs = await took(() => registry.logModel({ files: { [model]: large }, spec, registeredModelName: name }));
  const downMs = await took(() => registry.pull(`mlflow:/${name}`));
  const smallMs = await took(() => registry.resolve('mlflow:/small'));
  const cachedMs = await took(() => registry.resolve('mlflow:/small'));
  await registry.dispose();
  await rm(cacheFolder, { recursive: true });
  return { upMs, downMs, smallMs, cachedMs };
}

/** The same small model by the two command lines, each a process of its own. */
async function commandTimes(round: number): Promise<{ oursMs: number; pythonMs: number }> {
  const env = { ...process.env, MLFLOW_TRACKING_URI: server.address, QUALM_CACHE: join(scratch, `command-${round}`) };
  const qualm = join(import.meta.dirname, '../packages/cli/dist/main.js');
  const pull = [qualm, 'models', 'pull', 'mlflow:/small', '--out', join(scratch, `ours-${round}`)];
  const download = ['--artifact-uri', 'models:/small/1', '--dst-path', join(scratch, `theirs-${round}`)];
  const pythonMs = await took(() => run(python, ['-m', 'mlflow', 'artifacts', 'download', ...download], { env }));
  return { oursMs: await took(() => run(process.execPath, pull, { env })), pythonMs };
}

async function took(job: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await job();
  return performance.now() - began;
}

/** The time for the bytes alone. */
async function floorMs(large: string): Promise<number> {
  const url = `${server.address}/api/2.0/mlflow-artifacts/artifacts/floor/large.onnx`;
  const { openAsBlob } = await import('node:fs');
  await fetch(url, { method: 'PUT', body: await openAsBlob(large) });
  return took(async () => {
    const { body } = await fetch(url);
    await pipeline(body!, new Writable({ write: (_chunk, _encoding, done) => done() }));
  });
}

async function largeFile(): Promise<string> {
  const path = join(scratch, 'large.onnx');
  const parts = function* (): Generator<Buffer> {
    for (let at = 0; at < mebibytes; at++)
      yield Buffer.alloc(2 ** 20, createHash('sha512').update(String(at)).digest());
  };
  await pipeline(parts, createWriteStream(path));
  return path;
}
