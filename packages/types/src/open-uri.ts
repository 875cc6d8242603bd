/** Reads the bytes behind a URI that is not a file: `https:`, `s3:`, whatever the caller knows. It
 * awaits `room(bytes)`, where it is given, with all the bytes that it is about to hold: that waits
 * until they fit beside those of other images.
 */
export type OpenUri = (
  uri: string,
  signal?: AbortSignal,
  room?: (bytes: number) => Promise<void>,
) => Promise<Uint8Array>;
