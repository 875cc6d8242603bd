import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** The same JPEG in libjpeg-turbo's hands. */
export function bySharp(jpeg: Uint8Array): Sharp {
  return sharp(jpeg, { autoOrient: true, failOn: 'error', ignoreIcc: true });
}
