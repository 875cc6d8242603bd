import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wrongArgument } from '@qualm/types';

/** The last part of an image's path, as its folder shows it; of an image without one, its id. */
export function imageName(uri: string | null, id: string | number): string {
  if (uri !== null && typeof uri !== 'string') throw wrongArgument('imageName', 'its URI', uri, 'a text or null');
  if (typeof id !== 'string' && typeof id !== 'number')
    throw wrongArgument('imageName', 'its id', id, 'a text or a number');
  if (uri === null || uri.startsWith('data:')) return String(id);
  // What a URL asks for beside its path may be a secret, and is no part of a name.
  if (/^https?:/i.test(uri)) return basename(uri.replace(/[?#].*$/s, '')) || uri;
  if (!uri.startsWith('file:')) return basename(uri);
  try {
    return basename(fileURLToPath(uri));
  } catch {
    return basename(uri);
  }
}
