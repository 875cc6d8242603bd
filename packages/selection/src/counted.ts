/** A count before what is said of one, or of several: `1 box is`, `12 boxes are`. */
export function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** `1 image`, `12 images`. */
export function imagesWords(count: number): string {
  return counted(count, 'image', 'images');
}

/** `1 box`, `12 boxes`. */
export function boxesWords(count: number): string {
  return counted(count, 'box', 'boxes');
}
