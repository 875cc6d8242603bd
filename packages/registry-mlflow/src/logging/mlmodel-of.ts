import { stringify } from 'yaml';
import type { ModelSpec } from '@qualm/types';
import { writeSignature } from '../model/signature.ts';
import type { Signature } from '../model/signature.ts';
import type { Draft } from '../stores/model-store.ts';

export interface MlmodelParts {
  readonly spec: ModelSpec;
  readonly draft: Draft;
  readonly signature: Signature | null;
  /** Bytes of the model's files. */
  readonly size: number;
}

/** What an MLmodel file says. An ONNX model gets the two flavors that Python's `mlflow.onnx` and
 * `mlflow.pyfunc` load; others a flavor of their own, which Python shows and does not load.
 * @see https://mlflow.org/docs/latest/ml/model/#storage-format
 */
export function mlmodelOf({ spec, draft, signature, size }: MlmodelParts): Readonly<Record<string, unknown>> {
  const data = spec.files.model;
  const onnx = {
    onnx: {
      code: null,
      data,
      onnx_session_options: null,
      providers: ['CUDAExecutionProvider', 'CPUExecutionProvider'],
    },
    python_function: {
      data,
      env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
      loader_module: 'mlflow.onnx',
    },
  };
  return {
    artifact_path: draft.artifactPath,
    flavors: spec.flavor === 'onnx' ? onnx : { [spec.flavor]: { data } },
    is_signature_from_type_hint: false,
    mlflow_version: draft.mlflowVersion,
    ...(draft.modelId !== null && { model_id: draft.modelId }),
    model_size_bytes: size,
    model_uuid: draft.modelId ?? draft.runId,
    prompts: null,
    run_id: draft.runId,
    ...(signature && { signature: writeSignature(signature) }),
    type_hint_from_example: false,
    utc_time_created: new Date().toISOString().replace('T', ' ').replace('Z', '000'),
  };
}

export function mlmodelText(mlmodel: Readonly<Record<string, unknown>>): string {
  return stringify(mlmodel, { lineWidth: 0 });
}
