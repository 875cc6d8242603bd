/** Embeddings from a detector: which photographs are there twice, and which five differ most? Every
 * second photograph is given to it again, made smaller and compressed anew. Options: a folder of
 * photographs instead of those that npm packages ship.
 *
 *   npx tsx examples/near-duplicates.ts
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as aq from 'arquero';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { loadModel, readModelSpec } from '@qualm/pipeline';
import { embeddingMatrix, kCenterGreedy, withoutNearDuplicates } from '@qualm/strategies';
import { conform, embed } from '@qualm/tables';
import { Image } from '@qualm/types';
import * as vision from '@qualm/vision';
import sharp from 'sharp';
import { cocoSsd } from './setup/coco-ssd.ts';
import { demoPhotographs } from './setup/demo-photographs.ts';
import { specs } from './setup/folders.ts';

const quiet = (): void => undefined;
const folder = process.argv[2] ?? (await demoPhotographs(quiet));
const files = (await readdir(folder)).filter((file) => /\.(jpe?g|png|webp)$/i.test(file)).sort();
const originals = files.map((file) => ({ image_id: file, image: Image.fromUri(join(folder, file)) }));
const copies = await Promise.all(
  originals.filter((_, place) => place % 2 === 0).map(({ image_id }) => copyOf(image_id)),
);
const records = [...originals, ...copies];

// A map of this layer, 5 x 5 x 512, without pooling: where things are tells copies from photographs
// that are merely alike.
const output = 'FeatureExtractor/MobilenetV2/layer_19_2_Conv2d_2_3x3_s2_512/Relu6';
const { tfjs } = await cocoSsd(quiet);
const model = await loadModel(await readModelSpec(join(specs, 'coco-ssd-tfjs.json'), { root: tfjs }), {
  backends: { tfjs: createTfjsBackend() },
  vision,
});
const columns = { image_id: records.map(({ image_id }) => image_id), image: records.map(({ image }) => image) };
const embedded = await embed(aq.table(columns), model, { output, pool: 'none' });
const table = conform(embedded, { embedding: 'float32[]?' });
await model.dispose();

const embeddings = embeddingMatrix(table.column('embedding'));
const { kept, duplicateOf } = withoutNearDuplicates(embeddings, { maxDistance: 0.08 });
duplicateOf.forEach((original, row) => {
  if (original >= 0) console.log(`${nameOf(row)} is ${nameOf(original)} again`);
});
console.log(`\n${kept.length} photographs are left; five of them that differ:`);
const distinct = embeddingMatrix([...kept].map((row) => table.get('embedding', row)));
for (const { row, reason } of kCenterGreedy(distinct, { count: 5, metric: 'cosine' })) {
  console.log(`${nameOf(kept[row]!)}: ${reason}`);
}

function nameOf(row: number): string {
  return records[row]!.image_id;
}

async function copyOf(file: string): Promise<{ image_id: string; image: Image }> {
  const picture = sharp(join(folder, file)).rotate();
  const { width } = await picture.metadata();
  const bytes = await picture
    .resize(Math.round(0.8 * width!))
    .jpeg({ quality: 60 })
    .toBuffer();
  return { image_id: `copy of ${file}`, image: Image.fromBytes(bytes) };
}
