import { Box2d, Image } from '@qualm/types';
import { expect, it } from 'vitest';
import { typeOfValues } from '../../src/host/type-of-values.ts';

const typeOf = (...values: unknown[]): string => typeOfValues('register: column "c"', values, [...values.keys()]);

it.each<[string, readonly unknown[]]>([
  ['BIGINT', [1, null, 2]],
  ['DOUBLE', [1, 2.5]],
  ['DOUBLE', [2.5, 1]],
  ['VARCHAR', ['a', undefined]],
  ['VARCHAR', [null]],
  ['BOOLEAN', [true]],
  ['TIMESTAMP', [new Date(0)]],
  ['BLOB', [Uint8Array.of(1)]],
  ['FLOAT[]', [Float32Array.of(1)]],
  ['INTEGER[]', [Int32Array.of(1), null]],
  ['DOUBLE[]', [[1], [2.5, null]]],
  ['STRUCT("a" BIGINT, "b" VARCHAR)', [{ a: 1 }, { b: 'x' }]],
  ['STRUCT("a""b" BIGINT)', [{ 'a"b': 1 }]],
  ['STRUCT("uri" VARCHAR, "data" BLOB)', [Image.fromUri('a.jpg')]],
  ['STRUCT("xmin" FLOAT, "ymin" FLOAT, "xmax" FLOAT, "ymax" FLOAT)', [new Box2d(0, 0, 1, 1)]],
  ['STRUCT("a" BIGINT)[]', [[], [{ a: 1 }]]],
])('%s', (type, values) => {
  expect(typeOf(...values)).toBe(type);
});

it.each<[string, readonly unknown[]]>([
  ['register: column "c" has both BIGINT and VARCHAR; expected one type', [1, 'a']],
  ['register: column "c" has both BIGINT and BIGINT[]; expected one type', [1, [1]]],
  ['register: column "c" has a function; expected data', [() => 1]],
])('%s', (message, values) => {
  expect(() => typeOf(...values)).toThrow(message);
});
