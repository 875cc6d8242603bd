import type { ModelRegistry } from '@qualm/types';
import type { VitestApi } from '../backend/backend-suite.ts';

/** A registry that holds the toys of `registryToys`, and by which URIs they are found there. */
export interface RegistryBench {
  readonly registry: ModelRegistry;
  /** All that mean the second, newer toy: the name alone, its version, an alias. */
  readonly newer: readonly string[];
  /** The first, older toy. */
  readonly older: string;
  /** Well-formed and of nothing: another name, another version, another alias. */
  readonly missing: readonly string[];
  /** The toy whose spec is wrong; left out where nothing wrong can be brought in. */
  readonly wrong?: string;
  /** What is not a URI of this registry. */
  readonly malformed: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** What a contract run needs to know of a registry. */
export interface RegistrySuite {
  /** Stands in the tests' names. */
  readonly name: string;
  readonly vitest: VitestApi;
  /** Called once; everything is in it before the first test. */
  readonly open: () => Promise<RegistryBench>;
}
