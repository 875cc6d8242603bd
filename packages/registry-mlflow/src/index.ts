export { createMlflowRegistry, defaultFolder } from './create-mlflow-registry.ts';
export { fromEnv } from './from-env.ts';
export type {
  MlflowModel,
  MlflowRegistry,
  MlflowRegistryOptions,
  MlflowResolvedModel,
  ResolveOptions,
} from './mlflow-registry.ts';
export type { ArtifactFile } from './artifacts/artifacts.ts';
export type { DownloadProgress } from './cache/create-model-cache.ts';
export type { HttpSettings } from './http/http-settings.ts';
export type { LoggedResult, LogModelOptions, UploadProgress } from './logging/log-model.ts';
export type { Mlmodel } from './model/read-mlmodel.ts';
export { outputSchema } from './model/qualm-tags.ts';
export type { ModelContents } from './model/read-contents.ts';
export { readRikaiTags } from './model/rikai-tags.ts';
export type { RikaiModel } from './model/rikai-tags.ts';
export type { Signature, SignatureTensor } from './model/signature.ts';
export type { RetryWait } from './http/retry.ts';
export type { ModelVersion, RegisteredModel, Tags } from './stores/entities.ts';
export { isModelUri, parseModelUri } from './uri/model-uri.ts';
export type { ModelReference, Stage, VersionChoice } from './uri/model-uri.ts';
