import type { Backend } from '@qualm/types';
import type * as vitest from 'vitest';
import type { ToyModels } from '../toys/toy-models.ts';

/** The parts of Vitest that a suite calls. They are passed in, so that importing this package needs
 * no Vitest.
 */
export type VitestApi = Pick<typeof vitest, 'afterAll' | 'beforeAll' | 'describe' | 'expect' | 'test'>;

/** What a contract run needs to know of a backend. */
export interface BackendSuite {
  /** Stands in the tests' names. */
  readonly name: string;
  readonly vitest: VitestApi;
  readonly createBackend: () => Backend;
  /** The toy models in the backend's format, made before the first test. */
  readonly models: () => Promise<ToyModels>;
  /** Matrix products in the slow model, where `models` was told; 32 by default. */
  readonly repeats?: number;
  /** `false` where models compute on the caller's thread, so that a run blocks it and cannot be
   * stopped; `true` by default.
   */
  readonly offThread?: boolean;
  /** How a process of its own makes the backend: `import { [factory] } from [module]`, with
   * `options` as JSON.
   */
  readonly program?: { readonly module: string; readonly factory: string; readonly options?: object };
}
