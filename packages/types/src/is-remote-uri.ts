/** True for a URI that is neither a path or `file:` URL of this machine nor `data:`.
 * @example isRemoteUri('s3://bucket/a.jpg') // true
 */
export function isRemoteUri(uri: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(uri) && !/^(file|data):/i.test(uri);
}
