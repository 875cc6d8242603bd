import type { Size } from './geometry.ts';
import type { HeadSpec } from './model-spec.ts';
import type { TensorMap } from './tensor.ts';

/** What is known of a model that nobody has written a spec for. */
export interface OutputFacts {
  /** The raw outputs of one run, on a photograph or on noise. */
  readonly outputs: TensorMap;
  /** Of the model's input, in pixels. */
  readonly size: Size;
  /** Foreground classes that the model's file names; null where it names none. */
  readonly numLabels: number | null;
  /** What the file says that it is for: `detect`, `segment`, `pose`, `obb`, `classify`; null where
   * it does not say it.
   */
  readonly task: string | null;
}

/** Options of a head that would read such outputs. */
export interface HeadGuess<Options extends object = HeadSpec> {
  /** What a spec would say, its `type` and options. */
  readonly head: Options;
  /** Foreground classes that the outputs then have; 0 of a head that makes vectors. */
  readonly numLabels: number;
}
