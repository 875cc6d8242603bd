import type { InputSpec } from '@qualm/types';

/** What photographs do not tell of an input.
 * @param isFitTried whether several ways to fit images were tried.
 */
export function untoldWords({ resize, filter }: InputSpec, isFitTried: boolean): string[] {
  const padding = 'the colour of the padding and the place of the image in it, which photographs hardly tell apart';
  return [
    ...(filter === undefined ? ["Pillow's bilinear filter; opencv-linear, bicubic and others are not tried"] : []),
    ...(isFitTried && resize.mode === 'letterbox' ? [padding] : []),
  ];
}
