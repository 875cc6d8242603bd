import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { draftModelSpec } from '@qualm/draft';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { readModelSpec } from '@qualm/pipeline';
import { Image } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import * as vision from '@qualm/vision';
import { centernet } from '../examples/setup/centernet.ts';
import { cocoSsd } from '../examples/setup/coco-ssd.ts';
import { specs } from '../examples/setup/folders.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/drafts.ts [spec ...]
 *
 * Drafts of the models that examples/models has specs for, beside those specs: what a draft says
 * of pixels, fitting and outputs as the spec does, unaided, on photographs of COCO.
 */

const here = import.meta.dirname;
const data = process.env['QUALM_TEST_DATA'] ?? join(here, '../../shared/data');
const folder = join(data, 'coco-val2017', 'images');

/** What a draft may get right. */
interface Verdict {
  readonly model: string;
  readonly head: boolean;
  readonly outputs: boolean;
  readonly pixels: boolean;
  readonly fit: boolean;
  readonly classes: boolean;
  readonly seconds: number;
  readonly words: string;
}

if (existsSync(folder)) await measure(process.argv.slice(2));
else console.warn(`skipped: no photographs in ${folder}; set QUALM_TEST_DATA`);

async function measure(names: readonly string[]): Promise<void> {
  const images = readdirSync(folder)
    .toSorted()
    .map((name) => Image.fromUri(join(folder, name)));
  const ssd = await cocoSsd(() => undefined);
  const roots: Readonly<Record<string, string>> = {
    'coco-ssd-onnx': ssd.onnx,
    'coco-ssd-tfjs': ssd.tfjs,
    'centernet-tfjs': await centernet(() => undefined),
  };
  const all = readdirSync(specs).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  const verdicts: Verdict[] = [];
  for (const name of names.length > 0 ? names : all) {
    const { spec, root } = await readModelSpec(join(specs, `${name}.json`), {
      root: roots[name] ?? join(data, 'models'),
      heads: vision.heads,
    });
    const verdict = await verdictOf(spec, join(root, spec.files.model), images);
    verdicts.push(verdict);
    const wrong = (['head', 'outputs', 'pixels', 'fit', 'classes'] as const).filter((part) => !verdict[part]);
    console.log(`${name}: ${wrong.length === 0 ? 'right' : `wrong: ${wrong.join(', ')}`}, ${verdict.seconds} s`);
    console.log(`  ${verdict.words}`);
  }
  const right = verdicts.filter(
    ({ head, outputs, pixels, fit, classes }) => head && outputs && pixels && fit && classes,
  );
  console.log(`${right.length} of ${verdicts.length} drafts are right unaided`);
  if (names.length === 0) writeResult('drafts', {}, { photographs: images.length, right: right.length, verdicts });
}

async function verdictOf(wanted: ModelSpec, file: string, images: readonly Image[]): Promise<Verdict> {
  const began = performance.now();
  const backends = { onnx: createOnnxBackend({ sessions: 2 }), tfjs: createTfjsBackend({ sessions: 2 }) };
  try {
    const { hypotheses } = await draftModelSpec(file, { backends, vision, images });
    const [{ spec, words }] = hypotheses;
    return {
      model: wanted.name,
      head: spec.head.type === wanted.head.type || areSame(spec, wanted),
      outputs: areSame(spec, wanted) || isDeepStrictEqual(ofOutputs(spec), ofOutputs(wanted)),
      pixels: isDeepStrictEqual(pixelsOf(spec), pixelsOf(wanted)),
      fit: isDeepStrictEqual(spec.input.resize, wanted.input.resize),
      classes: spec.labels.length === wanted.labels.length,
      ...{ seconds: secondsSince(began), words },
    };
  } catch (error) {
    const nothing = { head: false, outputs: false, pixels: false, fit: false, classes: false };
    return { model: wanted.name, ...nothing, seconds: secondsSince(began), words: (error as Error).message };
  }
}

/** `two-outputs` reads what an `ssd` without anchors reads. */
function areSame({ head: one }: ModelSpec, { head: other }: ModelSpec): boolean {
  const { boxEncoding, background, activation, outputs } = other as unknown as Record<string, Record<string, string>>;
  return (
    one.type === 'two-outputs' &&
    boxEncoding?.['type'] === 'decoded' &&
    !background &&
    (one['activation'] ?? 'none') === String(activation) &&
    isDeepStrictEqual(one['outputs'], outputs) &&
    one['format'] === boxEncoding['format']
  );
}

/** What a head reads, without how it selects. */
function ofOutputs({ head }: ModelSpec): object {
  const selection = [
    'iouThreshold',
    'scoreThreshold',
    'maxDetections',
    'maxCandidates',
    'minScore',
    'duplicates',
    'nms',
  ];
  return Object.fromEntries(Object.entries(head).filter(([key]) => !selection.includes(key)));
}

function pixelsOf({ input }: ModelSpec): object {
  const { channels, dtype, layout, size, mean = [0, 0, 0], std = [1, 1, 1] } = input;
  const close = (values: readonly number[]): number[] => values.map((value) => Math.round(10 * value));
  return { channels, dtype, layout, size, mean: close(mean), std: close(std) };
}

function secondsSince(began: number): number {
  return Number(((performance.now() - began) / 1000).toFixed(1));
}
