/** Writes a row of RGB bytes as four bytes a pixel; the fourth means nothing. */
export function widenRgbRow(target: usize, source: usize, width: i32): void {
  for (let x = 0; x < width; x += 4, source += 12, target += 16) {
    const bytes = v128.load(source);
    v128.store(target, v128.shuffle<i8>(bytes, bytes, 0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11));
  }
}
