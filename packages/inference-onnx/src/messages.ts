import type { QualmErrorCode, TensorInfo, TensorMap, Warning } from '@qualm/types';
import type { OnnxBackendOptions } from './onnx-backend-options.ts';

export interface SessionStart extends Required<Omit<OnnxBackendOptions, 'sessions'>> {
  readonly model: string;
  /** What the thread is doing: see `gate.ts`. */
  readonly gate: Int32Array;
}

export interface SessionInfo {
  readonly device: 'cuda' | 'cpu';
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly warnings: readonly Warning[];
}

export interface Failure {
  readonly code: QualmErrorCode;
  readonly message: string;
}

export type ToSession =
  { readonly type: 'run'; readonly inputs: TensorMap; readonly outputs: readonly string[] } | { readonly type: 'stop' };

export type FromSession =
  | { readonly type: 'ready'; readonly info: SessionInfo }
  | { readonly type: 'outputs'; readonly outputs: TensorMap }
  | { readonly type: 'failed'; readonly failure: Failure };
