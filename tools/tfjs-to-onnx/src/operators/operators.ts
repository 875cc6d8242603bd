import type { Operator } from '../conversion.ts';
import { affine, batchNorm, plainConvolution } from './affine.ts';
import { fusedConvolution } from './convolution.ts';
import { binary, identity, relu, unary } from './elementwise.ts';
import {
  concat,
  expandDims,
  pack,
  reshape,
  shapeOf,
  slice,
  squeeze,
  stridedSlice,
  tile,
  transpose,
  unpack,
} from './shape-operators.ts';

/** Every TF operator that can be converted. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: affine,
  AddN: affine,
  AddV2: affine,
  BiasAdd: affine,
  ConcatV2: concat,
  Conv2D: plainConvolution,
  DepthwiseConv2dNative: plainConvolution,
  Exp: unary,
  ExpandDims: expandDims,
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  FusedDepthwiseConv2dNative: fusedConvolution,
  Identity: identity,
  Mul: affine,
  Pack: pack,
  Relu: relu,
  Relu6: relu,
  Reshape: reshape,
  Shape: shapeOf,
  Sigmoid: unary,
  Slice: slice,
  Squeeze: squeeze,
  StridedSlice: stridedSlice,
  Sub: binary,
  Tile: tile,
  Transpose: transpose,
  Unpack: unpack,
  _FusedConv2D: fusedConvolution,
};
