import type { OpenImageOptions } from './open-image.ts';

export interface ImageOptions extends OpenImageOptions {
  /** Images with more pixels than this are refused by their header; 100 million when absent. */
  readonly maxPixels?: number;
}
