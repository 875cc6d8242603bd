import { assertOptions } from '@qualm/types';
import type { Size } from '@qualm/types';
import type { Layer } from './layer.ts';
import { layout } from './layout.ts';
import type { Style } from './style.ts';
import { toSvg } from './to-svg.ts';
import type { SvgOptions } from './to-svg.ts';
import { fullView } from './view.ts';

/** Layers over an image of that size, as SVG, in Node and in browsers alike: the same values give
 * the same text. The image itself is only there as `href` says.
 * @param options besides `href` and `idPrefix` a style, which wins over the layers' own.
 * @throws RangeError as `render` does.
 * @example renderSvg({ width: 640, height: 480 }, box(new Box2d(10, 20, 110, 220), { label: 'cat' }), { href: 'cat.jpg' })
 */
export function renderSvg(size: Size, layers: Layer | readonly Layer[], options: SvgOptions & Style = {}): string {
  assertOptions('renderSvg', options, "{ href: 'cat.jpg' }");
  const { href, idPrefix, ...style } = options;
  return toSvg(layout(layers, fullView(size), style), {
    ...(href !== undefined && { href }),
    ...(idPrefix !== undefined && { idPrefix }),
  });
}
