import type { ModelRegistry, ModelSpec, ResolvedModel } from '@qualm/types';
import type { DownloadProgress } from './cache/create-model-cache.ts';
import type { HttpSettings } from './http/http-settings.ts';
import type { LoggedResult, LogModelOptions } from './logging/log-model.ts';
import type { ModelContents } from './model/read-contents.ts';
import type { RikaiModel } from './model/rikai-tags.ts';
import type { ModelVersion, RegisteredModel, Tags } from './stores/entities.ts';

/** Where models are, and how they are reached. Nothing is read from the environment; `fromEnv` does
 * that.
 */
export interface MlflowRegistryOptions extends HttpSettings {
  /** Runs, logged models and files: `http(s)://host`, `sqlite:///mlflow.db`, or a folder.
   * `./qualm-models` by default.
   */
  readonly trackingUri?: string;
  /** Registered models, where they are elsewhere. */
  readonly registryUri?: string;
  /** Where fetched models are kept; `qualm/mlflow` in the user's cache folder by default. */
  readonly cacheFolder?: string;
  /** Bytes to keep there; 20 GiB by default. */
  readonly maxCacheBytes?: number;
  /** Bytes of one model; 16 GiB by default. */
  readonly maxModelBytes?: number;
  /** Files fetched at the same time; 4 by default. */
  readonly concurrency?: number;
  /** What relative paths are relative to; the working directory by default. */
  readonly cwd?: string;
}

export interface ResolveOptions {
  readonly signal?: AbortSignal;
  /** A spec for a model that brings none, or instead of its own. */
  readonly spec?: ModelSpec;
  /** Hash again what the cache holds. */
  readonly verify?: boolean;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** A model as the store and its files tell of it. */
export interface MlflowModel extends Omit<ModelContents, 'digests' | 'texts'> {
  /** The version's own URI: what was asked for by alias or as latest has its number here. */
  readonly uri: string;
  readonly registered: RegisteredModel | null;
  readonly version: ModelVersion | null;
  readonly modelId: string | null;
  readonly runId: string | null;
  /** Those of the run, the logged model, the registered model and the version; the later wins. */
  readonly tags: Tags;
  readonly params: Tags;
  readonly rikai: RikaiModel | null;
}

export interface MlflowResolvedModel extends ResolvedModel {
  readonly model: MlflowModel;
}

/** Models in MLflow. All methods throw `registry-unavailable`, `access-denied`, `registry-invalid`
 * and `aborted`, and what they say.
 */
export interface MlflowRegistry extends ModelRegistry {
  /** Where the models are, without user and password. */
  readonly uri: string;
  /** What is there, in a few words: MLflow's version, or that of a SQLite file's schema. */
  about(options?: { readonly signal?: AbortSignal }): Promise<string>;
  /** The spec of a model and its files on this machine.
   * @throws QualmError `model-missing`, `spec-invalid`, `path-outside`, `unsupported` for a model
   * that qualm cannot run.
   */
  resolve(uri: string, options?: ResolveOptions): Promise<MlflowResolvedModel>;
  /** What is known of a model; only its small files are read. Tells of models that cannot run here,
   * too.
   */
  describe(uri: string, options?: Pick<ResolveOptions, 'signal' | 'spec'>): Promise<MlflowModel>;
  /** All files of a model on this machine, whether qualm can run it or not; pickles are left where
   * they are.
   */
  pull(
    uri: string,
    options?: Omit<ResolveOptions, 'spec'>,
  ): Promise<{ readonly root: string; readonly model: MlflowModel }>;
  /** Registered models, by name. */
  list(options?: { readonly signal?: AbortSignal }): Promise<readonly RegisteredModel[]>;
  /** The registered model of that name, null where there is none. */
  registeredModel(name: string, options?: { readonly signal?: AbortSignal }): Promise<RegisteredModel | null>;
  /** Versions of a model, the highest first. */
  versions(name: string, options?: { readonly signal?: AbortSignal }): Promise<readonly ModelVersion[]>;
  logModel(options: LogModelOptions): Promise<LoggedResult>;
  setAlias(name: string, alias: string, version: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
  deleteAlias(name: string, alias: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
  deleteVersion(name: string, version: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** The name with all its versions; what was logged stays. */
  deleteModel(name: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
  dispose(): Promise<void>;
}
