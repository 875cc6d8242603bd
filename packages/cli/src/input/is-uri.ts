/** True for what is a URI and no file: one letter before the colon is a drive of Windows.
 * `databricks` is one to MLflow.
 */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text) || /^databricks(-uc)?$/.test(text);
}
