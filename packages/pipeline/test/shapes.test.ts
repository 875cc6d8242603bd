import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DetectorHead, Prediction } from '@qualm/types';
import { expect, it } from 'vitest';
import { roadOf } from '../src/image-road.ts';
import { predictStream } from '../src/index.ts';
import type { ImageModel } from '../src/index.ts';
import { builtVision, loadToy, solid, toySpec, writeToy } from './toy-model.ts';

/** A detector of one box with a mask, a key point and a turned box, as plain JavaScript. */
const source = `
export const everything = {
  type: 'everything',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['outputs'],
    properties: {
      outputs: { type: 'object', additionalProperties: false, properties: { scores: { type: 'string', minLength: 1 } } },
    },
  },
  defaults: {},
  module: import.meta.url,
  createReader: ({ outputs: { scores: name } }, { numLabels, size }) => ({
    outputs: [name],
    shapes: ['mask', 'keypoints', 'rotated_box'],
    read(outputs, image) {
      const { data } = outputs[name];
      const scores = { data, offset: image * numLabels, numAnchors: 1, numClasses: numLabels, anchorStride: 0, classStride: 1 };
      return {
        scores,
        activation: { floor: (_anchor, threshold) => threshold, score: (_anchor, raw) => raw },
        raw: [],
        readBox: (_anchor, out, at) => out.set([0, 0, size.width, size.height], at),
        masks: {
          width: 2,
          height: 1,
          read: (_anchor, { left, right }, out) => out.set([1, -1].slice(left, right)),
        },
        keypoints: { numPoints: 1, read: (_anchor, out, at) => out.set([size.width / 2, size.height / 4, 0.75], at) },
        rotatedBoxes: { read: (_anchor, out, at) => out.set([size.width / 2, size.height / 2, 4, 2, 0.5], at) },
      };
    },
  }),
};
`;

it('masks, key points and turned boxes leave the thread of a session as they are outside of it', async () => {
  const toy = await writeToy();
  const path = join(toy.root, 'everything.mjs');
  await writeFile(path, source);
  const { href } = pathToFileURL(path);
  const { everything } = (await import(href)) as { everything: DetectorHead };
  const spec = { ...toySpec, head: { type: 'everything', outputs: toySpec.head['outputs'] as object } };
  const load = async (head: DetectorHead): Promise<ImageModel<'class_scores'>> => {
    const vision = await builtVision();
    return loadToy({ ...toy, spec }, { vision, heads: { ...vision.heads, head } });
  };
  const rowsOf = async (model: ImageModel): Promise<Prediction[]> => {
    const rows: Prediction[] = [];
    for await (const row of predictStream([solid(200, 10, 10), solid(10, 10, 200)], model)) rows.push(row);
    await model.dispose();
    return rows;
  };
  const inside = await load(everything);
  expect(roadOf(inside)).not.toBeNull();
  expect(inside.shapes).toEqual(['mask', 'keypoints', 'rotated_box']);
  const rows = await rowsOf(inside);
  expect(rows).toEqual(await rowsOf(await load({ ...everything })));
  for (const { detections, size } of rows) {
    const { mask, keypoints } = detections!.at(0)!;
    const { width, height } = size!;
    expect([mask!.size, mask!.area]).toEqual([size, (width / 2) * height]);
    expect(keypoints).toEqual(Float32Array.of(width / 2, height / 4, 0.75));
  }
});
