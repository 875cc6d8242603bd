import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The last part of an image's path, as its folder shows it; of an image without one, its id. */
export function imageName(uri: string | null, id: string | number): string {
  if (uri === null || uri.startsWith('data:')) return String(id);
  if (!uri.startsWith('file:')) return basename(uri);
  try {
    return basename(fileURLToPath(uri));
  } catch {
    return basename(uri);
  }
}
