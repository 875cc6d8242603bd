export { createTfjsBackend } from './create-tfjs-backend.ts';
export type { TfjsBackendOptions } from './create-tfjs-backend.ts';
export type { TfjsDevice } from './tfjs-runtime.ts';
