import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { Image } from '@qualm/types';
import type { InputSpec } from '@qualm/types';
import { createPreprocessor } from '@qualm/vision';
import { writeResult } from './write-result.ts';

/* Usage: tsx --conditions @qualm/source benchmarks/preprocess.ts [images folder]
 *
 * PYTHON names a Python with Pillow, OpenCV, torchvision and NumPy.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? here('../../shared/data');
const folder = process.argv[2] ?? join(data, 'coco-val2017/images');
const python = process.env['PYTHON'] ?? 'python3';
const limit = 100;
const rounds = 5;

const paths = readdirSync(folder)
  .filter((name) => name.endsWith('.jpg'))
  .sort()
  .slice(0, limit)
  .map((name) => join(folder, name));

const input: InputSpec = {
  size: { width: 416, height: 416 },
  layout: 'nchw',
  dtype: 'float32',
  channels: 'bgr',
  resize: { mode: 'letterbox', anchor: 'top-left', pad: 114 },
};

interface Timing {
  readonly name: string;
  readonly inFlight: number;
  readonly msPerImage: number;
  readonly best: number;
  readonly cpuMsPerImage: number;
}

async function atOnce(count: number, work: (index: number, slot: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const runSlot = async (slot: number): Promise<void> => {
    while (next < paths.length) await work(next++, slot);
  };
  await Promise.all(Array.from({ length: count }, (_, slot) => runSlot(slot)));
}

interface Round {
  readonly wall: number;
  readonly cpu: number;
}

async function once(inFlight: number, work: (index: number, slot: number) => Promise<unknown>): Promise<Round> {
  const started = performance.now();
  const before = process.cpuUsage();
  await atOnce(inFlight, work);
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / paths.length, cpu: (user + system) / 1000 / paths.length };
}

/** As torchvision's `ImageClassification`. */
const crop: InputSpec = {
  ...input,
  size: { width: 224, height: 224 },
  channels: 'rgb',
  resize: { mode: 'crop', shortSide: 256 },
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
};

const candidates = [
  { name: 'bare sharp: decode, resize', work: bareSharp },
  { name: 'bare sharp: decode alone', work: decodeAlone },
  { name: '@qualm/vision: letterbox', work: fillOf(input) },
  { name: '@qualm/vision: letterbox, opencv-linear', work: fillOf({ ...input, filter: 'opencv-linear' }) },
  { name: '@qualm/vision: crop 224', work: fillOf(crop) },
];

function fillOf(input: InputSpec): (index: number, slot: number) => Promise<unknown> {
  const preprocessor = createPreprocessor(input);
  const batch = preprocessor.allocate(8);
  return (index, slot) => preprocessor.fill(Image.fromUri(paths[index]!), batch, slot);
}

function bareSharp(index: number): Promise<unknown> {
  const resize = { width: 416, height: 416, fit: 'inside', kernel: 'linear', fastShrinkOnLoad: false } as const;
  return sharp(paths[index]!, { ignoreIcc: true }).resize(resize).raw().toBuffer();
}

function decodeAlone(index: number): Promise<unknown> {
  return sharp(paths[index]!, { ignoreIcc: true }).raw().toBuffer();
}

/** Candidates take turns, so that a noisy neighbour hits all of them alike. */
async function measure(inFlight: number): Promise<Timing[]> {
  const taken = candidates.map((): Round[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [which, { work }] of candidates.entries()) {
      const one = await once(inFlight, work);
      if (round > 0) taken[which]!.push(one);
    }
  }
  return candidates.map(({ name }, which) => {
    const wall = sorted(taken[which]!.map((round) => round.wall));
    const cpu = sorted(taken[which]!.map((round) => round.cpu));
    return { name, inFlight, msPerImage: wall[rounds >> 1]!, best: wall[0]!, cpuMsPerImage: cpu[rounds >> 1]! };
  });
}

function sorted(values: number[]): number[] {
  return values.sort((a, b) => a - b);
}

const peers = {
  pillow: 'Pillow + NumPy: letterbox',
  opencv: 'OpenCV + NumPy: letterbox, 4 pixels',
  torchvision: 'torchvision: crop 224',
} as const;
type Peer = keyof typeof peers;

function inPython(library: Peer, threads: number): Timing & { readonly versions: Record<string, string> } {
  const args = [here('./python/preprocess.py'), folder, String(limit), String(threads), library];
  const line = execFileSync(python, args, { encoding: 'utf8' });
  const { versions, ...measured } = JSON.parse(line) as Omit<Timing, 'name' | 'inFlight'> & {
    versions: Record<string, string>;
  };
  return { name: peers[library], inFlight: threads, ...measured, versions };
}

const timings: Timing[] = [];
for (const inFlight of [1, 4]) {
  timings.push(...(await measure(inFlight)));
  for (const peer of Object.keys(peers) as Peer[]) timings.push(inPython(peer, inFlight));
}
for (const timing of timings) {
  const floor = timings.find(({ inFlight }) => inFlight === timing.inFlight)!;
  const ratio = timing.msPerImage / floor.msPerImage;
  console.log(
    `${timing.name.padEnd(40)} ${timing.inFlight} in flight  ${timing.msPerImage.toFixed(2)} ms/image  x ${ratio.toFixed(2)}  cpu ${timing.cpuMsPerImage.toFixed(2)} ms`,
  );
}
const versions = { sharp: sharp.versions.sharp, vips: sharp.versions.vips };
writeResult('preprocess', versions, { images: paths.length, input, crop, timings });
