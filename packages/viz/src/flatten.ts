import { assertLayers } from './assert-picture.ts';
import type { GroupLayer, Layer } from './layer.ts';
import type { Style } from './style.ts';

/** A layer that holds no others. */
export type Leaf = Exclude<Layer, GroupLayer>;

/** The leaves in order, each with the style that wins: what is further out. */
export function flatten(layers: Layer | readonly Layer[], outer: Style): Leaf[] {
  assertLayers('render', layers);
  return [layers].flat().flatMap((layer: Layer): Leaf[] => {
    const style = { ...layer.style, ...outer };
    return layer.kind === 'group' ? flatten(layer.layers, style) : [{ ...layer, style }];
  });
}
