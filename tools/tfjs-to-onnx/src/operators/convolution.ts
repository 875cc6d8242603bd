import { constantInput, unsupported, type Conversion, type Operator } from '../conversion.ts';
import type { Value } from '../graph-builder.ts';
import { depthwiseFilterToOnnx, filterToOnnx, floatsTensor } from '../onnx-tensors.ts';
import { samePadding, validPadding } from '../same-padding.ts';
import { intsOf, textOf, textsOf, type TfNode } from '../tfjs-graph.ts';
import type { Affine } from './affine.ts';
import { clip } from './elementwise.ts';

/** True for a convolution that nothing was fused into. */
export function isConvolution(node: TfNode): boolean {
  return node.op === 'Conv2D' || node.op === 'DepthwiseConv2dNative';
}

/** How many channels a convolution yields. */
export function filterChannels(node: TfNode, conversion: Conversion): number {
  const { shape } = constantInput(node, 1, conversion);
  return isDepthwise(node) ? shape[2]! * shape[3]! : shape[3]!;
}

/** TF's fused convolution: a bias, and after it a Relu or Relu6. */
export const fusedConvolution: Operator = (node, conversion) => {
  const fused = textsOf(node, 'fused_ops');
  const [first, activation, ...more] = fused[0] === 'BiasAdd' ? fused : [undefined, ...fused];
  if (more.length > 0 || !['Relu', 'Relu6', undefined].includes(activation)) {
    throw unsupported(node, `fused operators ${fused.join(', ')} are not known here`);
  }
  const shift = first && Float64Array.from(constantInput(node, 2, conversion).data);
  const after = shift && { scale: new Float64Array(shift.length).fill(1), shift };
  if (activation === undefined) return convolution(node, conversion, node.name, after || undefined);
  const value = convolution(node, conversion, `${node.name}#conv`, after || undefined);
  return clip(value, conversion, node.name, activation === 'Relu6');
};

/** One ONNX Conv, with `after` folded into its filter and bias. */
export function convolution(node: TfNode, conversion: Conversion, name: string, after: Affine | undefined): Value {
  const { graph } = conversion;
  const input = channelsFirst(conversion.value(node.inputs[0]!), conversion, node);
  const weight = constantInput(node, 1, conversion);
  const depthwise = isDepthwise(node);
  const filter = depthwise ? depthwiseFilterToOnnx(weight) : filterToOnnx(weight);
  const [outputs, , kernelHeight, kernelWidth] = filter.shape as [number, number, number, number];
  const window = windowOf(node, input, [kernelHeight, kernelWidth]);
  const parameters = [graph.constant(floatsTensor(`${name}#filter`, filter.shape, scaled(filter.data, after)))];
  if (after) parameters.push(graph.constant(floatsTensor(`${name}#bias`, [outputs], Float32Array.from(after.shift))));
  graph.add('Conv', [input.name, ...parameters], name, {
    kernel_shape: { ints: [kernelHeight, kernelWidth] },
    strides: { ints: window.strides },
    dilations: { ints: window.dilations },
    pads: { ints: window.pads },
    group: { int: depthwise ? weight.shape[2]! : 1 },
  });
  return { name, shape: [input.shape![0]!, ...window.output, outputs], channelsFirst: true };
}

function isDepthwise(node: TfNode): boolean {
  return /Depthwise/.test(node.op);
}

function scaled(filter: Float32Array, after: Affine | undefined): Float32Array {
  if (after === undefined) return filter;
  const perChannel = filter.length / after.scale.length;
  return filter.map((value, at) => value * after.scale[Math.floor(at / perChannel)]!);
}

function channelsFirst(value: Value, { graph }: Conversion, node: TfNode): Value {
  if (value.shape?.length !== 4) throw unsupported(node, `the shape of its input "${value.name}" is not known`);
  if (value.channelsFirst) return value;
  const name = graph.add('Transpose', [value.name], `${node.name}#nchw`, { perm: { ints: [0, 3, 1, 2] } });
  return { ...value, name, channelsFirst: true };
}

function windowOf(node: TfNode, { shape }: Value, kernel: readonly [number, number]) {
  const format = textOf(node, 'data_format');
  if (format !== '' && format !== 'NHWC') throw unsupported(node, `data format ${format}; expected NHWC`);
  const strides = intsOf(node, 'strides').slice(1, 3);
  const dilations = intsOf(node, 'dilations').slice(1, 3);
  while (dilations.length < 2) dilations.push(1);
  const pad = { SAME: samePadding, VALID: validPadding }[textOf(node, 'padding')];
  if (pad === undefined) throw unsupported(node, `padding ${textOf(node, 'padding')}; expected SAME or VALID`);
  const axes = [0, 1].map((axis) => {
    const size = shape![axis + 1];
    if (typeof size !== 'number') throw unsupported(node, 'height and width of its input are not fixed');
    return pad(size, kernel[axis]!, strides[axis]!, dilations[axis]!);
  });
  return {
    strides,
    dilations,
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
    output: axes.map(({ output }) => output),
  };
}
