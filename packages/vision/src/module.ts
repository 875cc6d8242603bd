/** The URL of a built module with both ends of a model and nothing else, for threads to import:
 * `Vision.module`.
 */
export const module: string = new URL('../dist/ends.js', import.meta.url).href;
