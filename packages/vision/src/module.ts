/** The URL of this package's built module, for threads to import: `Vision.module`. */
export const module: string = new URL('../dist/index.js', import.meta.url).href;
