import { expect, expectTypeOf, it } from 'vitest';
import type { Vision } from '@qualm/types';
import * as vision from '../src/index.ts';

it('@qualm/vision has the shape of Vision', () => {
  expectTypeOf<typeof vision>().toExtend<Vision>();
  const shape: Vision = vision;
  expect(Object.keys(shape)).toEqual(expect.arrayContaining(['createHead', 'createPreprocessor']));
});
