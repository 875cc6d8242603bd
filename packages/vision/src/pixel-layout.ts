import type { InputSpec } from '@qualm/types';
import type { ChannelTables } from './channel-tables.ts';

/** How the pixels of a model's input lie in its tensor. */
export interface PixelLayout {
  readonly width: number;
  readonly height: number;
  /** Elements from one pixel to the next. */
  readonly pixelStride: 1 | 3;
  /** Elements from one channel to the next. */
  readonly channelStride: number;
  readonly tables: ChannelTables;
}

/** The layout of an input. */
export function pixelLayout({ size: { width, height }, layout }: InputSpec, tables: ChannelTables): PixelLayout {
  const isPlanar = layout === 'nchw';
  return {
    width,
    height,
    pixelStride: isPlanar ? 1 : 3,
    channelStride: isPlanar ? width * height : 1,
    tables,
  };
}
