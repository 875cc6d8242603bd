/** An image as bytes or as a URI, never both; nothing is opened until it is asked for.
 * @example Image.fromUri('/photos/a b.jpg').equals(Image.fromUri('file:///photos/a%20b.jpg')) // true
 */
export class Image {
  /** A URI or a plain path, as it was given; null for an image that is bytes. */
  readonly uri: string | null;
  /** An encoded picture (JPEG, PNG, ...), as it was given; null for an image that is a URI. */
  readonly bytes: Uint8Array | null;

  private constructor(uri: string | null, bytes: Uint8Array | null) {
    this.uri = uri;
    this.bytes = bytes;
  }

  /** The image at a URI, or at a plain path: in a path `%` and `#` stand for themselves. */
  static fromUri(uri: string): Image {
    return new Image(uri, null);
  }

  /** The image that these bytes encode; they are kept, not copied. */
  static fromBytes(bytes: Uint8Array): Image {
    return new Image(null, bytes);
  }

  /** The URI, as `JSON.stringify` writes it; null for an image that is bytes. */
  toJSON(): string | null {
    return this.uri;
  }

  /** True when both URIs mean the same (`/a/b` and `file:///a/b` do), or both have the same bytes.
   * Nothing is opened.
   */
  equals(other: Image): boolean {
    if (this.uri !== null && other.uri !== null) {
      return this.uri === other.uri || pathOf(this.uri) === pathOf(other.uri);
    }
    return this.bytes !== null && other.bytes !== null && sameBytes(this.bytes, other.bytes);
  }
}

/** A `file:` URI as a path; everything else stays what it is. */
function pathOf(uri: string): string {
  if (/^[a-z]:[\\/]/i.test(uri)) return `/${uri.replaceAll('\\', '/')}`;
  if (!/^file:/i.test(uri) || !URL.canParse(uri)) return uri;
  const { host, pathname } = new URL(uri);
  return (host === '' ? '' : `//${host}`) + decodePath(pathname);
}

/** `%2F` stays: it is not a separator, and no file name can hold one. */
function decodePath(pathname: string): string {
  try {
    return pathname
      .split(/(%2f)/i)
      .map((part) => (/^%2f$/i.test(part) ? part : decodeURIComponent(part)))
      .join('');
  } catch {
    return pathname;
  }
}

function sameBytes(first: Uint8Array, second: Uint8Array): boolean {
  if (first.length !== second.length) return false;
  return first.every((byte, index) => byte === second[index]);
}
