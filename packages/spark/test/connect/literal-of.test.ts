import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { PlanSchema } from '../../src/generated/spark/connect/base_pb.ts';
import { expressionOf } from '../../src/connect/literal-of.ts';
import { sqlPlan } from '../../src/connect/sql-plan.ts';

describe('expressionOf', () => {
  it.each([
    [null, 'null', { kind: { case: 'null', value: {} } }],
    [true, 'boolean', true],
    ['a', 'string', 'a'],
    [7, 'integer', 7],
    [2 ** 31, 'long', 2n ** 31n],
    [-(2 ** 31), 'integer', -(2 ** 31)],
    [7n, 'long', 7n],
    [0.5, 'double', 0.5],
    [-0, 'double', -0],
    [2 ** 60, 'double', 2 ** 60],
    [new Date(3), 'timestamp', 3000n],
    [Uint8Array.of(1), 'binary', Uint8Array.of(1)],
  ])('%s is %s', (value, kind, stored) => {
    const expression = expressionOf(value, 'x');
    expect(expression.exprType!.value).toEqual({ literalType: { case: kind, value: stored } });
  });

  it.each([[2n ** 63n], [new Date(NaN)], [undefined], [Symbol('s')], [{}]])('%s is refused', (value) => {
    expect(() => expressionOf(value as never, 'size')).toThrow(/the parameter size is .*expected null, a boolean/);
  });
});

describe('sqlPlan', () => {
  const bytesOf = (plan: ReturnType<typeof sqlPlan>): Uint8Array => toBinary(PlanSchema, create(PlanSchema, plan));

  it('is another message for Spark 3.5, without arrays', () => {
    const [old, today] = ['3.5.7', '4.3.0'].map((version) => sqlPlan('SELECT :a', { a: 1 }, version));
    expect(bytesOf(old!)).not.toEqual(bytesOf(today!));
    expect(bytesOf(sqlPlan('SELECT :a', { a: [1, 2] }, '4.0.0')).length).toBeGreaterThan(20);
    expect(() => sqlPlan('SELECT :a', { a: [1, 2] }, '3.5.7')).toThrow('needs Spark 4.0');
  });
});
