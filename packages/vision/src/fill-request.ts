import type { InputSpec, TensorStorage } from '@qualm/types';

/** What a decoding thread is started with. */
export interface FillStart {
  readonly input: InputSpec;
  readonly maxPixels: number;
  /** The place of `pixels.wasm`. */
  readonly wasm: string;
}

/** One image for a decoding thread. */
export interface FillRequest {
  /** The URI that messages name; the file to read where there are no bytes. */
  readonly uri: string | null;
  readonly bytes: Uint8Array | null;
  /** The batch tensor's elements, in shared memory. */
  readonly data: TensorStorage[InputSpec['dtype']];
  /** The element that the image starts at. */
  readonly start: number;
}
