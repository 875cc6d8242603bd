import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import type { PredictStreamOptions } from '@qualm/pipeline';
import { createOpener } from '@qualm/remote';
import * as vision from '@qualm/vision';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/remote.ts [rounds] [photographs]
 *
 * Images per second of YOLOX-nano over photographs (206) behind http, from a server in a process of
 * its own that waits 100 ms before each answer, beside the same photographs as local files, in the
 * same rounds: opened ahead as by default; and no more at once than there are sessions, which is
 * what opening an image when it is its turn comes to. Then the largest resident memory of a process
 * that reads 24 images of 50 MB each, with 256 MiB that may be held, and with all that there is. */

const rounds = Number(process.argv[2] ?? 3);
const count = Number(process.argv[3] ?? 206);
const here = import.meta.dirname;
const data = process.env['QUALM_TEST_DATA'] ?? join(here, '../../shared/data');
const folder = join(data, 'coco-val2017', 'images');
const latencyMs = 100;
const largeBytes = 50e6;

if (process.argv[2] === 'serve') serve();
else if (process.argv[2] === 'memory') await measureMemory(process.argv[3]!, Number(process.argv[4]));
else if (existsSync(folder)) await measureAll();
else console.warn(`skipped: no photographs in ${folder}; set QUALM_TEST_DATA`);

/** Photographs by name; `large/` has them with zeros behind, which no decoder reads. */
function serve(): void {
  const server = createServer(({ url }, response) => {
    const [, large, name] = /^\/(large\/\d+-)?(.*)$/.exec(url!)!;
    const bytes = readFileSync(join(folder, name!));
    setTimeout(() => {
      response.setHeader('content-length', large ? largeBytes : bytes.length);
      response.write(bytes);
      response.end(large ? Buffer.alloc(largeBytes - bytes.length) : undefined);
    }, latencyMs);
  });
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
}

async function startServer(): Promise<{ address: string; stop: () => void }> {
  const child = fork(import.meta.filename, ['serve']);
  const [port] = (await once(child, 'message')) as [number];
  return { address: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}

async function loadYolox() {
  const spec = join(here, '../examples/models/yolox-nano.json');
  const resolved = await readModelSpec(spec, { root: join(data, 'models') });
  return loadModel(resolved, { backends: { onnx: createOnnxBackend({ device: 'cpu' }) }, vision });
}

async function measureAll(): Promise<void> {
  const names = readdirSync(folder).sort().slice(0, count);
  const { address, stop } = await startServer();
  const model = await loadYolox();
  const open = createOpener({ allow: [address], allowPrivate: true });
  const ways: Record<string, [images: string[], options: PredictStreamOptions]> = {
    local: [names.map((name) => join(folder, name)), {}],
    ahead: [names.map((name) => `${address}${name}`), { open }],
    'as many as sessions': [names.map((name) => `${address}${name}`), { open, openAhead: availableParallelism() }],
  };
  const speeds: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [way, [images, options]] of Object.entries(ways)) {
      const began = performance.now();
      for await (const { error } of predictStream(images, model, options)) if (error) throw new Error(error.message);
      const perSecond = (1000 * images.length) / (performance.now() - began);
      // The first round warms up.
      if (round > 0) (speeds[way] ??= []).push(perSecond);
    }
  }
  await model.dispose();
  const found = Object.fromEntries(Object.entries(speeds).map(([way, all]) => [way, spreadOf(all)]));
  const ratios = speeds['ahead']!.map((speed, round) => speed / speeds['local']![round]!);
  const memory: Record<string, number> = {};
  for (const mebibytes of [256, 4096]) memory[`${mebibytes} MiB`] = await memoryOf(address, mebibytes);
  stop();
  const result = {
    images: names.length,
    latencyMs,
    imagesPerSecond: found,
    aheadOfLocal: spreadOf(ratios),
    memoryMb: memory,
  };
  console.log(JSON.stringify(result, null, 2));
  writeResult('remote', {}, result);
}

async function memoryOf(address: string, mebibytes: number): Promise<number> {
  const child = fork(import.meta.filename, ['memory', address, String(mebibytes)]);
  const [peak] = (await once(child, 'message')) as [number];
  return peak;
}

async function measureMemory(address: string, mebibytes: number): Promise<void> {
  const [name] = readdirSync(folder).sort();
  const images = Array.from({ length: 24 }, (_, index) => `${address}large/${index}-${name}`);
  const model = await loadYolox();
  const open = createOpener({ allow: [address], allowPrivate: true });
  const options = { open, openAheadBytes: mebibytes * 2 ** 20 };
  for await (const { error } of predictStream(images, model, options)) if (error) throw new Error(error.message);
  await model.dispose();
  process.send!(Math.round(process.resourceUsage().maxRSS / 1000));
}
