import { wrongArgument } from './wrong-argument.ts';

/** What Node opens for the place of a file: a URL and an absolute path as they are, a `file:` URL
 * as text as a URL.
 * @throws RangeError for anything else, a relative path too.
 * @example filePlace('createOnnxBackend', 'worker', 'file:///app/worker.js') // a URL
 */
export function filePlace(where: string, name: string, place: URL | string): URL | string {
  if (place instanceof URL) return place;
  if (typeof place === 'string') {
    if (place.startsWith('file:') && URL.canParse(place)) return new URL(place);
    if (isAbsolutePath(place)) return place;
  }
  throw wrongArgument(where, name, place, 'a URL or an absolute path');
}

function isAbsolutePath(path: string): boolean {
  return /^(\/|\\\\|[a-z]:[\\/])/i.test(path);
}
