import { constantInput, unsupported, type Operator } from '../conversion.ts';
import type { Value } from '../graph-builder.ts';
import { intOf, intsOf } from '../tfjs-graph.ts';

const plainValue = (name: string): Value => ({ name, channelsFirst: false });

/** The shape of a tensor, in TF's order whichever way its numbers lie. */
export const shapeOf: Operator = (node, { graph, value }) => {
  const input = value(node.inputs[0]!);
  if (!input.channelsFirst) return plainValue(graph.add('Shape', [input.name], node.name));
  const shape = graph.add('Shape', [input.name], `${node.name}#nchw`);
  return plainValue(graph.add('Gather', [shape, graph.ints('#nhwc', [0, 2, 3, 1])], node.name));
};

/** One element of a vector, which is all that graphs of this kind slice with strides. */
export const stridedSlice: Operator = (node, conversion) => {
  const begin = constantInput(node, 1, conversion).data;
  if (begin.length !== 1 || intOf(node, 'shrink_axis_mask', 0) !== 1) {
    throw unsupported(node, 'only one element of a vector can be cut out');
  }
  const index = conversion.graph.ints(`${node.name}#index`, [begin[0]!], true);
  return plainValue(conversion.graph.add('Gather', [conversion.plain(node.inputs[0]!).name, index], node.name));
};

/** Tensors stacked along a new axis. */
export const pack: Operator = (node, { graph, plain }) => {
  const axis = intOf(node, 'axis', 0);
  const axes = graph.ints(`#axes-${axis}`, [axis]);
  const parts = node.inputs.map((input, at) => graph.add('Unsqueeze', [plain(input).name, axes], `${node.name}#${at}`));
  return plainValue(graph.add('Concat', parts, node.name, { axis: { int: axis } }));
};

/** One of the tensors that an axis holds. */
export const unpack: Operator = (node, { graph, plain }, output) => {
  const index = graph.ints(`#index-${output}`, [output], true);
  const name = `${node.name}:${output}`;
  return plainValue(
    graph.add('Gather', [plain(node.inputs[0]!).name, index], name, { axis: { int: intOf(node, 'axis', 0) } }),
  );
};

/** The same numbers in another shape. */
export const reshape: Operator = (node, { graph, plain }) =>
  plainValue(graph.add('Reshape', [plain(node.inputs[0]!).name, plain(node.inputs[1]!).name], node.name));

/** Tensors one after the other along an axis. */
export const concat: Operator = (node, conversion) => {
  const tensors = node.inputs.slice(0, -1).map((input) => conversion.plain(input).name);
  const axis = constantInput(node, node.inputs.length - 1, conversion).data[0]!;
  return plainValue(conversion.graph.add('Concat', tensors, node.name, { axis: { int: axis } }));
};

/** A tensor without axes of length one. */
export const squeeze: Operator = (node, { graph, plain }) => {
  const axes = [...intsOf(node, 'squeeze_dims'), ...intsOf(node, 'axis')];
  const given = axes.length > 0 ? [graph.ints(`${node.name}#axes`, axes)] : [];
  return plainValue(graph.add('Squeeze', [plain(node.inputs[0]!).name, ...given], node.name));
};

/** A tensor with one more axis. */
export const expandDims: Operator = (node, conversion) => {
  const axes = conversion.graph.ints(`${node.name}#axes`, [...constantInput(node, 1, conversion).data]);
  return plainValue(conversion.graph.add('Unsqueeze', [conversion.plain(node.inputs[0]!).name, axes], node.name));
};

/** A tensor with its axes in another order. */
export const transpose: Operator = (node, conversion) => {
  const perm = { ints: [...constantInput(node, 1, conversion).data] };
  return plainValue(conversion.graph.add('Transpose', [conversion.plain(node.inputs[0]!).name], node.name, { perm }));
};

/** A tensor repeated along its axes. */
export const tile: Operator = (node, { graph, plain }) =>
  plainValue(graph.add('Tile', [plain(node.inputs[0]!).name, plain(node.inputs[1]!).name], node.name));

/** A part of a tensor; a size of -1 reaches to the end. */
export const slice: Operator = (node, conversion) => {
  const begin = [...constantInput(node, 1, conversion).data];
  const size = constantInput(node, 2, conversion).data;
  const { graph } = conversion;
  const starts = graph.ints(`${node.name}#starts`, begin);
  const ends = begin.map((start, axis) => (size[axis] === -1 ? Number.MAX_SAFE_INTEGER : start + size[axis]!));
  const input = conversion.plain(node.inputs[0]!).name;
  return plainValue(graph.add('Slice', [input, starts, graph.ints(`${node.name}#ends`, ends)], node.name));
};
