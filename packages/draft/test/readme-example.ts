import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftModelSpec } from '@qualm/draft';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { Image } from '@qualm/types';
import * as vision from '@qualm/vision';

const images = (await readdir('photos')).map((name) => Image.fromUri(join('photos', name)));
const { written, known, guessed, hypotheses } = await draftModelSpec('best.onnx', {
  backends: { onnx: createOnnxBackend({ sessions: 1 }) },
  vision,
  images,
});
await writeFile('best.json', JSON.stringify(written, null, 2));
console.log(known.length, guessed.length, hypotheses[0].spec.head.type);
