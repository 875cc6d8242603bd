import type { TensorInfo, TensorMap, Warning } from '@qualm/types';
import type { OnnxBackendOptions } from './onnx-backend-options.ts';

/** What a session is opened with. */
export interface SessionStart extends Required<Omit<OnnxBackendOptions, 'sessions' | 'worker'>> {
  readonly model: string;
}

export interface SessionInfo {
  readonly device: 'cuda' | 'cpu';
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly warnings: readonly Warning[];
}

/** One run. */
export interface SessionRequest {
  readonly inputs: TensorMap;
  readonly outputs: readonly string[];
}
