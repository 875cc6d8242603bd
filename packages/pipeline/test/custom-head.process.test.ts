import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import type { HeadDefinition, Image, Prediction, ResolvedModel } from '@qualm/types';
import { heads } from '@qualm/vision';
import { beforeAll, describe, expect, it } from 'vitest';
import { roadOf } from '../src/image-road.ts';
import { modelFingerprint, predictStream } from '../src/index.ts';
import type { ImageModel } from '../src/index.ts';
import { builtVision, loadToy, solid, toySpec, writeToy } from './toy-model.ts';

/** A classifier's head as plain JavaScript, whose scores are those of the output to the power that
 * its spec says.
 */
const source = (first = ''): string => `${first}
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['outputs', 'power'],
  properties: {
    outputs: {
      type: 'object',
      additionalProperties: false,
      required: ['scores'],
      properties: { scores: { type: 'string', minLength: 1 } },
    },
    power: { type: 'integer', minimum: 1 },
  },
};
export const powers = {
  type: 'powers',
  schema,
  defaults: null,
  module: import.meta.url,
  createReader: ({ outputs: { scores: name }, power }, { numLabels }) => ({
    outputs: [name],
    read(outputs, image) {
      const { data } = outputs[name];
      const matrix = { data, offset: image * numLabels, numAnchors: numLabels, numClasses: 1, anchorStride: 1, classStride: 1 };
      const scores = data.slice(image * numLabels, (image + 1) * numLabels).map((score) => score ** power);
      return { scores, raw: [{ output: name, matrix, wanted: 'scores' }] };
    },
  }),
};
`;

let toy: ResolvedModel;
let mine: HeadDefinition;
let images: Image[];

beforeAll(async () => {
  const { root } = await writeToy();
  toy = { root, spec: { ...toySpec, head: { type: 'powers', outputs: { scores: 'scores' }, power: 2 } } };
  [mine] = await headAt(join(root, 'powers.mjs'), source());
  images = Array.from({ length: 5 }, (_, i) => solid(50 * i, 255 - 50 * i, 7 * i));
});

async function headAt(path: string, text: string): Promise<[HeadDefinition, string]> {
  await writeFile(path, text);
  const { href } = pathToFileURL(path);
  return [((await import(href)) as { powers: HeadDefinition }).powers, href];
}

async function rowsOf(model: ImageModel): Promise<Prediction[]> {
  const rows: Prediction[] = [];
  for await (const row of predictStream(images, model)) rows.push(row);
  await model.dispose();
  return rows;
}

async function load(head: HeadDefinition): Promise<ImageModel<'class_scores'>> {
  return loadToy(toy, { vision: await builtVision(), heads: { ...heads, head } });
}

describe('a head of your own', () => {
  it('is imported by the threads of sessions where it says its module, and gives what it gives outside', async () => {
    const inside = await load(mine);
    const outside = await load({ ...mine });
    expect(roadOf(inside)).not.toBeNull();
    expect([roadOf(outside), outside.warnings.map(({ code }) => code)]).toEqual([null, ['head-on-caller']]);
    expect(inside.warnings).toEqual([]);
    const rows = await rowsOf(inside);
    expect(rows).toEqual(await rowsOf(outside));
    const plain = await rowsOf(await loadToy({ ...toy, spec: toySpec }));
    rows.forEach(({ detections }, row) => {
      const scores = [...plain[row]!.detections!.scores].map((score) => Math.fround(score ** 2));
      expect([...detections!.scores]).toEqual(scores);
    });
  });

  it('without a module is read on the thread that calls', async () => {
    const { module: _left, ...bare } = mine;
    const model = await load(bare);
    expect([roadOf(model), model.customHead]).toEqual([null, bare]);
    expect((await rowsOf(model)).map(({ error }) => error)).toEqual(images.map(() => null));
  });

  it('one of vision needs none', async () => {
    const model = await loadToy(await writeToy(), { vision: await builtVision(), heads: (await builtVision()).heads! });
    expect(roadOf(model)).not.toBeNull();
    expect(model.customHead).toBeUndefined();
    await model.dispose();
  });

  it('whose module is not there is an error of loading', async () => {
    await expect(load({ ...mine, module: 'file:///not-here/mine.mjs' })).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('the module of head "powers" is not at "file:///not-here/mine.mjs"') as string,
    });
  });

  it.each(["throw new Error('not here');", 'export const enum Typed { One }'])(
    'whose module cannot be imported is read on the thread that calls: %s',
    async (text) => {
      const broken = join(toy.root, `broken-${text.length}.mjs`);
      await writeFile(broken, text);
      const model = await load({ ...mine, module: pathToFileURL(broken).href });
      expect([roadOf(model), model.warnings.map(({ code }) => code)]).toEqual([null, ['head-on-caller']]);
      await model.dispose();
    },
  );

  it('whose module threads cannot import ends the run, and says what to do', async () => {
    Object.assign(globalThis, { isCaller: true });
    const first = "if (!globalThis.isCaller) throw new Error('not here');";
    const [head] = await headAt(join(toy.root, 'here-only.mjs'), source(first));
    const error: unknown = await rowsOf(await load(head)).catch((reason: unknown) => reason);
    expect(QualmError.is(error, 'backend-unavailable'), String(error)).toBe(true);
    expect((error as Error).message).toMatch(
      /a thread cannot import the head "powers" from .*here-only.mjs: Error: not here; give the URL of a built module/,
    );
  });

  it('is unknown where it was not given: the error names those that were', async () => {
    await expect(loadToy(toy)).rejects.toMatchObject({
      code: 'spec-invalid',
      message: expect.stringContaining('head.type is "powers", expected one of ssd, yolox') as string,
    });
    await expect(loadToy({ ...toy, spec: toySpec }, { heads: { mine } })).rejects.toThrow(
      'head.type is "classifier", expected one of powers',
    );
  });

  it('has its options checked by the schema of its own', async () => {
    const spec = { ...toy.spec, head: { ...toy.spec.head, power: 0.5 } };
    await expect(loadToy({ ...toy, spec }, { heads: { mine } })).rejects.toThrow(
      'model spec "mean-colour": head.power is 0.5, expected a whole number of at least 1',
    );
  });

  it('changes the fingerprint by its code and its version, and heads of vision do not', async () => {
    const models = [mine, { ...mine, version: '2' }, { ...mine, createReader: heads.classifier.createReader }];
    const prints = await Promise.all([
      modelFingerprint(toy),
      ...models.map((customHead) => modelFingerprint({ ...toy, customHead: customHead as HeadDefinition })),
    ]);
    expect(new Set(prints).size).toBe(4);
    const model = await load(mine);
    expect(await modelFingerprint(model)).toBe(
      await modelFingerprint({ ...toy, customHead: mine, form: 'class_scores' }),
    );
    await model.dispose();
  });
});
