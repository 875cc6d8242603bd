/** A path as Windows writes it, as others do. */
export function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
