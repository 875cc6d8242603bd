import { describe, expect, it } from 'vitest';
import type { HeadGuess } from '@qualm/types';
import { createHead, heads } from '../../src/index.ts';
import { headCases, specOf, stretched, tensorsOf } from './fixture.ts';
import type { HeadCase } from './fixture.ts';

/** What the heads say of the outputs of a fixture. */
function recognised({ outputs, size }: Pick<HeadCase, 'outputs' | 'size'>, numLabels: number | null): HeadGuess[] {
  const facts = { outputs: tensorsOf(outputs), size, numLabels, task: null };
  return Object.values(heads).flatMap((head) => head.recognise?.(facts) ?? []);
}

/** What a spec says of the outputs; a draft says nothing of selection, and takes the numbers of
 * classes for places.
 */
function ofOutputs({ head }: Pick<HeadCase, 'head'>): object {
  const { scoreThreshold, iouThreshold, maxCandidates, maxDetections, duplicates, minScore, nms, classes, ...rest } =
    head;
  return rest['activation'] === 'none' && head.type === 'two-outputs' ? { ...rest, activation: undefined } : rest;
}

/** What no shape and no number says: anchors that the model does not give, and grids that are
 * none of the usual ones.
 */
const unknown = [
  ...["torchvision's SSD with random weights", 'RetinaNet', 'fastestv2', 'yolov8', 'turned'],
  ...['decoded yxyx', 'decoded xyxy', 'fastestdet'],
];
const all = headCases();
const cases = all.filter(({ name }) => !unknown.some((part) => name.includes(part)));

describe.each(cases)('outputs of $name', (example) => {
  it('are recognised, beside few others', () => {
    const guesses = recognised(example, example.labels.length);
    expect(guesses.map(({ head }) => head)).toContainEqual(ofOutputs(example));
    expect(guesses.length).toBeLessThanOrEqual(12);
  });
});

it('every case that is left out is one that is not recognised', () => {
  const others = all.filter((example) => !cases.includes(example));
  const found = others.filter((example) =>
    recognised(example, example.labels.length).some(({ head }) => head.type === example.head.type),
  );
  expect(found.map(({ name }) => name)).toEqual([]);
});

/** Logits and codes of so many anchors, some of them below 0. */
function rawOf(numAnchors: number, columns: number): HeadCase['outputs'] {
  const numbers = (length: number): number[] => Array.from({ length }, (_, i) => ((i * 7) % 11) / 2 - 3);
  return {
    cls_logits: { shape: [1, numAnchors, columns], data: numbers(numAnchors * columns) },
    bbox_regression: { shape: [1, numAnchors, 4], data: numbers(4 * numAnchors) },
  };
}

it.each([
  { name: 'ssd300_vgg16', side: 300, numAnchors: 8732, columns: 4, numLabels: 3 },
  { name: 'retinanet_resnet50_fpn', side: 100, numAnchors: 9 * (169 + 49 + 16 + 4 + 1), columns: 3, numLabels: 3 },
])(
  "raw outputs of torchvision's $name are told by how many anchors it has",
  ({ side, numAnchors, columns, numLabels }) => {
    const size = { width: side, height: side };
    const outputs = rawOf(numAnchors, columns);
    const guesses = recognised({ outputs, size }, numLabels);
    expect(guesses).toEqual([{ head: expect.objectContaining({ type: 'ssd' }) as object, numLabels }]);
    const labels = Array.from({ length: numLabels }, (_, id) => ({ id, name: `class ${id}` }));
    const head = createHead(specOf(guesses[0]!.head, labels, size), 'class_scores');
    expect(head.decode(tensorsOf(outputs), [stretched(size, size)])[0]!.length).toBeGreaterThan(0);
  },
);

describe('outputs of an encoder', () => {
  const size = { width: 224, height: 224 };
  const row = { shape: [1, 4], data: [0.5, -2, 3, 1] };
  const tokens = { shape: [1, 2, 4], data: [0, 1, 2, 3, 4, 5, 6, 7] };
  const vectors = (embedding: string, pool?: string): object => {
    return { head: { type: 'embedding', outputs: { embedding }, ...(pool && { pool }) }, numLabels: 0 };
  };

  it.each(['image_embeds', 'embeddings', 'pooler_output', 'features'])('%s is a vector, and no classes', (name) => {
    expect(recognised({ outputs: { [name]: row }, size }, null)).toEqual([vectors(name)]);
  });

  it('tokens are a vector by their first', () => {
    expect(recognised({ outputs: { last_hidden_state: tokens }, size }, null)).toEqual([
      vectors('last_hidden_state', 'first'),
    ]);
    const both = { outputs: { last_hidden_state: tokens, pooler_output: row }, size };
    expect(recognised(both, null)).toEqual([vectors('pooler_output')]);
  });

  it('numbers of another name, or of a file that names classes, are classes', () => {
    expect(recognised({ outputs: { logits: row }, size }, null).map(({ head }) => head.type)).toEqual(['classifier']);
    expect(recognised({ outputs: { features: row }, size }, 4).map(({ head }) => head.type)).toEqual(['classifier']);
  });
});
