import { isMachineTrouble, predictStream, toImageRecord } from '@qualm/pipeline';
import type { ImageModel, Progress } from '@qualm/pipeline';

const records = await Promise.all(['a.jpg', new Uint8Array([1]), null].map((item, at) => toImageRecord(item, at)));
const errors = records.flatMap(({ error }) => error ?? []);
const progress: Progress[] = [];

/** Types alone: a model comes from `loadModel`. */
export async function run(model: ImageModel): Promise<void> {
  for await (const { image_id, detections } of predictStream(records, model, { onProgress: (at) => progress.push(at) }))
    console.log(image_id, detections?.length);
}

console.log(
  records.map(({ image_id }) => image_id).join(),
  errors.map(({ code }) => code).join(),
  errors.some(isMachineTrouble),
);
