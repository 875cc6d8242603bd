import { readFileSync } from 'node:fs';
import * as evaluation from '@qualm/evaluation';
import { expect, it } from 'vitest';
import * as strategies from '../src/index.ts';

const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
const lists = [...index.matchAll(/export (?:type )?\{([^}]*)\} from '@qualm\/evaluation';/g)].map(([, list]) => list!);
/** Written when they had a package of their own. */
const newer = new Set(['match', 'detectionOutcomes', 'spuriousScores']);
const moved = Object.entries(evaluation).filter(([name]) => !newer.has(name));

it.each(moved)('%s is that of @qualm/evaluation', (name, value) => {
  expect((strategies as Record<string, unknown>)[name]).toBe(value);
});

it('all that is exported from @qualm/evaluation is marked deprecated', () => {
  const lines = lists.flatMap((list) => list.trim().split('\n')).map((line) => line.trim());
  const [marks, names] = [0, 1].map((odd) => lines.filter((_, at) => at % 2 === odd));
  expect(new Set(marks)).toEqual(new Set(['/** @deprecated Import it from `@qualm/evaluation`. */']));
  expect(names!.length).toBeGreaterThan(moved.length);
  expect(names!.join('')).not.toContain('@deprecated');
});

it('matchBoxes(given, predicted) gives the pairs of match, each box by its part', () => {
  const drawn = { boxes: Float32Array.of(0, 0, 10, 10), labelIds: [1] };
  const found = { boxes: Float32Array.of(0, 0, 10, 9, 0, 0, 10, 6), labelIds: [2, 1] };
  expect(strategies.matchBoxes(drawn, found)).toEqual([{ given: 0, predicted: 1, iou: 0.6 }]);
  expect(() => strategies.matchBoxes(drawn, found, { minIou: 2 })).toThrow('matchBoxes: minIou is 2; expected 0 to 1');
});
