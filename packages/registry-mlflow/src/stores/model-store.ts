import type { Readable } from 'node:stream';
import type { Artifacts } from '../artifacts/artifacts.ts';
import type { LoggedModel, ModelVersion, RegisteredModel, Run, Tags } from './entities.ts';

export interface StoreRequest {
  readonly signal?: AbortSignal | undefined;
}

/** A place that keeps models: a server, a folder, a SQLite file. `null` is "there is no such
 * thing".
 */
export interface ModelStore {
  /** Without user and password. */
  readonly uri: string;
  /** What is there, in a few words: MLflow's version, or that of the schema. */
  about(request?: StoreRequest): Promise<string>;
  registeredModel(name: string, request?: StoreRequest): Promise<RegisteredModel | null>;
  registeredModels(request?: StoreRequest): Promise<readonly RegisteredModel[]>;
  /** Highest version first. */
  versions(name: string, request?: StoreRequest): Promise<readonly ModelVersion[]>;
  version(name: string, version: number, request?: StoreRequest): Promise<ModelVersion | null>;
  /** A version, and the URI of the folder that holds its files. */
  locatedVersion(
    name: string,
    version: number,
    request?: StoreRequest,
  ): Promise<{ readonly version: ModelVersion; readonly location: string } | null>;
  loggedModel(modelId: string, request?: StoreRequest): Promise<LoggedModel | null>;
  /** The logged model that a run made under this name, where there is one; the newest of several.
   */
  loggedModelOfRun(runId: string, name: string, request?: StoreRequest): Promise<LoggedModel | null>;
  run(runId: string, request?: StoreRequest): Promise<Run | null>;
  /** The files at a location that this store gave out.
   * @throws QualmError `unsupported` where it can be reached neither here nor through the store.
   */
  artifacts(location: string, owner: ArtifactOwner, request?: StoreRequest): Promise<Artifacts>;
  /** Null where the store can only be read. */
  readonly writer: StoreWriter | null;
  /** What to do instead, where `writer` is null. */
  readonly writeHint?: string;
  dispose(): Promise<void>;
}

/** Whose files they are, which servers that keep files elsewhere want to know. */
export interface ArtifactOwner {
  readonly runId: string | null;
  readonly modelId: string | null;
}

export interface NewModel {
  readonly experiment: string;
  readonly name: string;
  readonly tags: Tags;
  readonly params: Tags;
  /** Found again where an answer was lost. */
  readonly nonce: string;
}

/** A model that is being logged: files go in, then it is finished or failed. */
export interface Draft {
  readonly modelId: string | null;
  readonly runId: string | null;
  /** What a version is registered with. */
  readonly source: string;
  /** What `artifact_path` of its MLmodel says. */
  readonly artifactPath: string;
  /** MLflow's version that its MLmodel claims. */
  readonly mlflowVersion: string;
}

export interface UploadFile {
  readonly path: string;
  readonly bytes: number;
  readonly open: (start: number, end: number) => Readable;
}

export interface NewVersion {
  readonly name: string;
  readonly draft: Draft;
  readonly tags: Tags;
  readonly description: string | null;
  readonly nonce: string;
}

/** What changes a store. Each of these may be asked for again after a failure, and then has
 * happened once.
 */
export interface StoreWriter {
  begin(model: NewModel, request?: StoreRequest): Promise<Draft>;
  upload(draft: Draft, file: UploadFile, onBytes: (bytes: number) => void, request?: StoreRequest): Promise<void>;
  finish(draft: Draft, end: 'READY' | 'FAILED', mlmodel: object | null, request?: StoreRequest): Promise<void>;
  register(version: NewVersion, request?: StoreRequest): Promise<ModelVersion>;
  setAlias(name: string, alias: string, version: number, request?: StoreRequest): Promise<void>;
  deleteAlias(name: string, alias: string, request?: StoreRequest): Promise<void>;
  deleteVersion(name: string, version: number, request?: StoreRequest): Promise<void>;
  deleteModel(name: string, request?: StoreRequest): Promise<void>;
}
