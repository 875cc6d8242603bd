import { constantInput, unsupported, type Conversion, type Operator } from '../conversion.ts';
import type { Value } from '../graph-builder.ts';
import type { Weight } from '../read-weights.ts';
import type { TfNode } from '../tfjs-graph.ts';
import { convolution, filterChannels, isConvolution } from './convolution.ts';
import { binary } from './elementwise.ts';

/** `scale * x + shift`, channel by channel. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** Additions and multiplications by constants: folded into the convolution that they follow where
 * that has no other reader, else converted one by one. */
export const affine: Operator = (node, conversion) => fold(node.name, conversion) ?? binary(node, conversion, 0);

/** A batch norm, which has to follow a convolution. */
export const batchNorm: Operator = (node, conversion) => {
  const value = fold(node.name, conversion);
  if (value === null) throw unsupported(node, 'it does not follow a convolution that nothing else reads');
  return value;
};

/** A convolution with whatever was folded into it. */
export const plainConvolution: Operator = (node, conversion) => convolution(node, conversion, node.name, undefined);

function fold(tensor: string, conversion: Conversion): Value | null {
  return absorb(tensor, identity(channels(conversion, tensor)), conversion, tensor);
}

// Walks from the last step back to the convolution. `after` is what still has to be applied to the
// tensor.
function absorb(tensor: string, after: Affine, conversion: Conversion, name: string): Value | null {
  if (after.scale.length === 0 || (tensor !== name && conversion.readers(tensor) > 1)) return null;
  if (conversion.weight(tensor) !== undefined) return null;
  const node = conversion.node(tensor);
  if (isConvolution(node)) return convolution(node, conversion, name, after);
  const step = constantStep(node, conversion, after.scale.length);
  if (step !== null) return absorb(step.input, compose(after, step), conversion, name);
  return isSum(node) && after.scale.every((scale) => scale === 1) ? absorbSum(node, after, conversion, name) : null;
}

function absorbSum(node: TfNode, after: Affine, conversion: Conversion, name: string): Value | null {
  if (after.shift.every((shift) => shift === 0)) return null;
  for (const [index, input] of node.inputs.entries()) {
    const term = absorb(input, after, conversion, `${name}#term`);
    if (term === null) continue;
    const others = node.inputs.filter((_, other) => other !== index).map((other) => conversion.value(other));
    return others.reduce((sum, other, at) => {
      const output = at === others.length - 1 ? name : `${name}#sum${at}`;
      return { ...sum, name: conversion.graph.add('Add', [sum.name, other.name], output) };
    }, term);
  }
  return null;
}

interface Step extends Affine {
  readonly input: string;
}

function constantStep(node: TfNode, conversion: Conversion, size: number): Step | null {
  if (/^FusedBatchNorm(V[23])?$/.test(node.op)) return normStep(node, conversion);
  if (!/^(Add|AddV2|BiasAdd|Mul)$/.test(node.op)) return null;
  const index = node.inputs.findIndex((input) => isPerChannel(conversion.weight(input), size));
  if (index < 0) return null;
  const constant = Float64Array.from(conversion.weight(node.inputs[index]!)!.data);
  const input = node.inputs[1 - index]!;
  return node.op === 'Mul'
    ? { input, scale: constant, shift: new Float64Array(size) }
    : { input, scale: new Float64Array(size).fill(1), shift: constant };
}

function normStep(node: TfNode, conversion: Conversion): Step {
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => constantInput(node, index, conversion).data);
  const epsilon = node.attr['epsilon']?.f ?? 1e-4;
  const scale = Float64Array.from(gamma!, (g, c) => g / Math.sqrt(variance![c]! + epsilon));
  return { input: node.inputs[0]!, scale, shift: Float64Array.from(scale, (s, c) => beta![c]! - s * mean![c]!) };
}

function compose(after: Affine, { scale, shift }: Affine): Affine {
  return {
    scale: after.scale.map((s, c) => s * scale[c]!),
    shift: after.shift.map((b, c) => b + after.scale[c]! * shift[c]!),
  };
}

function identity(size: number): Affine {
  return { scale: new Float64Array(size).fill(1), shift: new Float64Array(size) };
}

function isPerChannel(weight: Weight | undefined, size: number): boolean {
  return weight?.dtype === 'float32' && weight.data.length === size && weight.shape.at(-1) === size;
}

function isSum(node: TfNode): boolean {
  return /^(Add|AddV2|AddN)$/.test(node.op);
}

// How many channels the convolution at the end of a chain yields; 0 when there is none.
function channels(conversion: Conversion, tensor: string): number {
  if (conversion.weight(tensor) !== undefined) return 0;
  const node = conversion.node(tensor);
  if (isConvolution(node)) return filterChannels(node, conversion);
  const passes = isSum(node) || /^(BiasAdd|Mul|FusedBatchNorm(V[23])?)$/.test(node.op);
  return passes ? Math.max(0, ...node.inputs.map((input) => channels(conversion, input))) : 0;
}
