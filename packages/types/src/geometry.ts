/** Width and height in pixels, in that order everywhere. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How an image was fitted into a model's input: `input = original * scale + offset`, in pixels,
 * per axis.
 */
export interface ImageGeometry {
  /** Size of the image as people see it, after EXIF orientation. */
  readonly original: Size;
  /** Size of the model's input. */
  readonly input: Size;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}
