import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as testkit from '../src/index.ts';

const graph = { name: 'none', opset: 17, nodes: [], inputs: [], outputs: [] };
const folder = place('/dev/null/toys', 'text');
const options = place({}, 'undefined', 'object');
const colour = place(0, 'number');
const size = place(1, 'undefined', 'number');
/** Never called: each place of a suite is wrong. */
const suite = place(null);

const calls: Readonly<Record<string, readonly Place[]>> = {
  encodeMeanColour: [place(1, 'undefined', 'null', 'number')],
  encodeOnnxModel: [place(graph)],
  meanColourScores: [colour, colour, colour],
  outcomeOf: [place({})],
  registryToys: [],
  solidImage: [colour, colour, colour, size, size],
  testBackend: [suite],
  testHead: [suite],
  testRegistry: [suite],
  testStrategy: [suite],
  testVectorHead: [suite],
  toyAffine: [place([1, 0, 0], 'array')],
  toySlow: [place(new Float32Array(256)), place(1, 'undefined', 'number')],
  writeMeanColour: [folder, place(1, 'undefined', 'null', 'number')],
  writeOnnxToys: [folder, options],
  writeTfjsToys: [folder, options],
};

describe.each(functionsOf(testkit))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
