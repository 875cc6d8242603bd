import { expect, it } from 'vitest';
import { createGraphTopology, nodeOf } from '../src/graph-topology.ts';
import { loopGraph } from './toy-graph.ts';

const topology = createGraphTopology(loopGraph['modelTopology'] as object);

it.each([
  ['a', 'a'],
  ['a/b:1', 'a/b'],
  ['^a', 'a'],
])('nodeOf(%j) is %j', (output, node) => {
  expect(nodeOf(output)).toBe(node);
});

it('isDynamic is true for outputs that depend on control flow, and for those alone', () => {
  expect(topology.isDynamic(['y'])).toBe(true);
  expect(topology.isDynamic(['x', 'limit'])).toBe(false);
});

it('has knows further outputs of a node, and dtype reads its attributes', () => {
  expect(topology.has('switch:1')).toBe(true);
  expect(topology.has('nope')).toBe(false);
  expect(topology.dtype('x')).toBe('float32');
  expect(topology.dtype('y')).toBeUndefined();
});

it('constants are those whose numbers an output is made of', () => {
  expect(topology.constants(['y'])).toEqual(['limit']);
  expect(topology.constants(['twice'])).toEqual(['limit']);
  expect(topology.constants(['x'])).toEqual([]);
  const waiting = createGraphTopology({
    node: [
      { name: 'y', op: 'NoOp', input: ['^c'] },
      { name: 'c', op: 'Const' },
    ],
  });
  expect(waiting.constants(['y'])).toEqual([]);
});
