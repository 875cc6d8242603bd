export { createHead } from './create-head.ts';
export { createPreprocessor } from './create-preprocessor.ts';
export { createVectorHead } from './create-vector-head.ts';
export { heads } from './heads/heads.ts';
export { module } from './module.ts';
