import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The last part of an image's path, as its folder shows it; of an image without one, its id. */
export function imageName(uri: string | null, id: string | number): string {
  if (uri === null || uri.startsWith('data:')) return String(id);
  return basename(uri.startsWith('file:') ? fileURLToPath(uri) : uri);
}
