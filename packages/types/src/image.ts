/** An image as bytes or as a URI, never both; nothing is opened until it is asked for. */
export class Image {
  readonly uri: string | null;
  readonly bytes: Uint8Array | null;

  private constructor(uri: string | null, bytes: Uint8Array | null) {
    this.uri = uri;
    this.bytes = bytes;
  }

  static fromUri(uri: string): Image {
    return new Image(uri, null);
  }

  static fromBytes(bytes: Uint8Array): Image {
    return new Image(null, bytes);
  }
}
