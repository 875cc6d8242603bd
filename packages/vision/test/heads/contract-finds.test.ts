import { testHead } from '@qualm/testkit';
import type { HeadSuite } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import type { AnchorReader, Anchors, DetectorHead, HeadDefinition } from '@qualm/types';
import type { HeadOptionsSchema, Schema, TensorMap } from '@qualm/types';
import * as vitest from 'vitest';
import { createHead } from '../../src/index.ts';
import { assertLabels, identity, readOutput } from '../../src/heads/index.ts';

const { describe, expect, it } = vitest;

const schema: HeadOptionsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['units'],
  properties: { units: { enum: ['pixels'] } },
};
const rows = [
  [4, 4, 20, 20, 0.9, 0.2],
  [30, 10, 60, 40, 0.25, 0.75],
  [2, 30, 12, 44, 0.3, 0.4],
];
const outputs = { p: createTensor('float32', [1, 3, 6], Float32Array.from(rows.flat())) };

/** A head of rows of corners and scores, whose readers may be wrong in one thing. */
function headWith(wrong: Wrong, changes: Partial<DetectorHead> = {}): DetectorHead {
  return {
    type: 'rows',
    schema,
    defaults: {},
    createReader: (_options, { numLabels }) => ({
      outputs: ['p'],
      read: (tensors, image) => {
        const { data, offset, shape } = readOutput('rows', tensors, 'p', image, ['n', 'boxes', '4 + classes']);
        const [, numAnchors = 0, columns = 0] = shape;
        assertLabels('rows', 'p', shape, columns - 4, numLabels);
        const strides = { anchorStride: columns, classStride: 1 };
        const scores = { data, offset: offset + 4, numAnchors, numClasses: numLabels, ...strides };
        const readBox: Anchors['readBox'] = (anchor, out, at) => {
          for (let side = 0; side < 4; side++) out[at + side] = data[offset + anchor * columns + side]!;
        };
        const raw = [{ output: 'p', matrix: scores, wanted: 'scores' as const }];
        return wrong({ scores, activation: identity, raw, readBox });
      },
    }),
    ...changes,
  };
}

const ours = headWith((anchors) => anchors);
const right: HeadDefinition = ours;

/** The names of the tests of the suite that this head fails. */
async function failures(head: HeadDefinition, changes: Partial<HeadSuite> = {}): Promise<string[]> {
  const tests: [string, (...args: unknown[]) => unknown][] = [];
  const test = Object.assign((name: string, run: () => void) => void tests.push([name, run]), {
    runIf: (condition: unknown) => (condition ? test : () => undefined),
    each: (table: number[]) => (name: string, run: (...args: unknown[]) => void) => {
      for (const row of table) tests.push([name.replace('%d', String(row)), () => run(row)]);
    },
  });
  const collecting = { ...vitest, describe: (_: string, declare: () => void) => declare(), test };
  testHead({
    vitest: collecting as unknown as HeadSuite['vitest'],
    ...{ createHead, head, options: { type: head.type, units: 'pixels' }, numLabels: 2 },
    ...{ size: { width: 64, height: 48 }, outputs, ...changes },
  });
  const failed: string[] = [];
  for (const [name, run] of tests) if (await throws(() => run({ skip: () => undefined }))) failed.push(name);
  return failed;
}

async function throws(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

describe('testHead(...)', () => {
  it('passes a head that keeps the contract', async () => {
    expect(await failures(right)).toEqual([]);
  });

  it.each<[string, HeadDefinition, RegExp]>([
    ['a schema that is open', { ...right, schema: { ...schema, additionalProperties: true as never } }, /a schema of/],
    ['a keyword that nobody checks', withUnits({ enum: ['pixels'], not: {} }), /a schema of keywords/],
    ['an option that every head has', withUnits({ enum: ['pixels'] }, 'minScore'), /without what every head has/],
    ['a module without it', { ...right, module: 'data:text/javascript,export const a = 1' }, /exported by its module/],
    ['a type that its options do not name', { ...right, type: ' ' }, /has a type/],
    ['an output that is not there', headWith((anchors) => anchors, reading({ outputs: ['q'] })), /outputs names/],
    ['one place for all images', headWith(placed(4)), /each image of a batch/],
    ['boxes that are not finite', headWith(boxed(() => NaN)), /finds something/],
    ['numbers that it does not say', headWith((anchors) => ({ ...anchors, raw: [] })), /NaN everywhere/],
    ['a hand in the outputs', headWith(writing), /leaves outputs/],
    ['no look at the shape', headWith((anchors) => anchors, reading({ read: unchecked })), /shape-mismatch/],
  ])('finds %s', async (_, wrong, name) => {
    const found = await failures(wrong);
    expect(found.filter((test) => name.test(test))).not.toEqual([]);
  });
});

type Wrong = (anchors: Anchors) => Anchors;

function withUnits(units: object, key = 'units'): HeadDefinition {
  return { ...right, schema: { ...schema, required: [key], properties: { [key]: units as Schema } } };
}

function placed(offset: number): Wrong {
  return (anchors) => ({ ...anchors, scores: { ...anchors.scores, offset } });
}

function boxed(change: (side: number) => number): Wrong {
  return (anchors) => ({
    ...anchors,
    readBox: (anchor, out, at, classIndex) => {
      anchors.readBox(anchor, out, at, classIndex);
      for (let side = 0; side < 4; side++) out[at + side] = change(out[at + side]!);
    },
  });
}

function writing(anchors: Anchors): Anchors {
  anchors.scores.data[anchors.scores.offset] = 0.5;
  return anchors;
}

/** A reader that is ours but for some of it. */
function reading(changes: Partial<AnchorReader>): Pick<DetectorHead, 'createReader'> {
  return { createReader: (options, context) => ({ ...ours.createReader(options, context), ...changes }) };
}

function unchecked(tensors: TensorMap, image: number): Anchors {
  const { data } = tensors['p'] ?? outputs.p;
  const scores = { data: data as Float32Array, offset: 18 * image + 4, numAnchors: 3, numClasses: 2 };
  const matrix = { ...scores, anchorStride: 6, classStride: 1 };
  const raw = [{ output: 'p', matrix, wanted: 'scores' as const }];
  return { scores: matrix, activation: identity, raw, readBox: (_anchor, out, at) => out.set([1, 1, 9, 9], at) };
}
