import type { Conversion, Operator } from '../conversion.ts';
import type { Value } from '../graph-builder.ts';
import { floatsTensor } from '../onnx-tensors.ts';
import type { TfNode } from '../tfjs-graph.ts';

const onnxNames: Readonly<Record<string, string>> = { AddV2: 'Add', AddN: 'Add', BiasAdd: 'Add' };

/** An operator on one tensor, number by number: any order of dimensions will do. */
export const unary: Operator = (node, conversion) => {
  const input = conversion.value(node.inputs[0]!);
  return { ...input, name: conversion.graph.add(node.op, [input.name], node.name) };
};

/** The tensor itself. */
export const identity: Operator = (node, conversion) => conversion.value(node.inputs[0]!);

/** Relu and Relu6. */
export const relu: Operator = (node, conversion) =>
  clip(conversion.value(node.inputs[0]!), conversion, node.name, node.op === 'Relu6');

/** Numbers cut off below 0, and above 6 where `six`. */
export function clip(input: Value, { graph }: Conversion, name: string, six: boolean): Value {
  if (!six) return { ...input, name: graph.add('Relu', [input.name], name) };
  const bounds = [0, 6].map((bound) => graph.constant(floatsTensor(`#clip-${bound}`, [], Float32Array.of(bound))));
  return { ...input, name: graph.add('Clip', [input.name, ...bounds], name) };
}

/** An operator on two or more tensors, number by number, with TF's broadcasting. */
export const binary: Operator = (node, conversion) => {
  const values = aligned(node, conversion);
  const channelsFirst = values.some((value) => value.channelsFirst);
  const [first, ...rest] = values;
  return rest.reduce((left, right, at) => {
    const name = at === rest.length - 1 ? node.name : `${node.name}#${at}`;
    const shape = broadcast(left.shape, right.shape);
    conversion.graph.add(onnxNames[node.op] ?? node.op, [left.name, right.name], name);
    return { name, channelsFirst, ...(shape && { shape }) };
  }, first!);
};

// All channels first where that is the same thing; else all in TF's order.
function aligned(node: TfNode, { value, graph }: Conversion): Value[] {
  const values = node.inputs.map(value);
  const same = values.every(({ channelsFirst, shape }) => channelsFirst || shape?.length === 0);
  return same ? values : values.map((each) => graph.channelsLast(each));
}

function broadcast(a: Value['shape'], b: Value['shape']): Value['shape'] {
  if (a === undefined || b === undefined) return undefined;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const ones = new Array<number>(long.length - short.length).fill(1);
  return [...ones, ...short].map((dimension, axis) => (dimension === 1 ? long[axis]! : dimension));
}
