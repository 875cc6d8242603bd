import type { HeadDefinition, HeadSpec, Size, TensorMap, Vision } from '@qualm/types';
import type { VitestApi } from '../backend/backend-suite.ts';

/** What a contract run needs to know of a head. */
export interface HeadSuite {
  /** Stands in the tests' names; the head's type by default. */
  readonly name?: string;
  readonly vitest: VitestApi;
  /** `createHead` of `@qualm/vision`, which puts selection and suppression around a reader. */
  readonly createHead: Vision['createHead'];
  readonly head: HeadDefinition;
  /** What a spec says to the head: its type and its options. `duplicates` is not `keep`. */
  readonly options: HeadSpec;
  /** Foreground classes; two or more. */
  readonly numLabels: number;
  /** Of the model's input. */
  readonly size: Size;
  /** Raw outputs for one image, [1, ...] each and float32, in which the head finds something. */
  readonly outputs: TensorMap;
}
