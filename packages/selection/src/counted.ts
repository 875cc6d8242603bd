import { counted } from '@qualm/types';

/** `1 image`, `12 images`. */
export function imagesWords(count: number): string {
  return counted(count, 'image');
}

/** `1 box`, `12 boxes`. */
export function boxesWords(count: number): string {
  return counted(count, 'box', 'boxes');
}
