import type { Stage } from '../uri/model-uri.ts';

export type Tags = Readonly<Record<string, string>>;

/** A name that versions are registered under. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string | null;
  readonly tags: Tags;
  /** Versions by alias. */
  readonly aliases: Readonly<Record<string, number>>;
  /** The highest version, null where there is none. */
  readonly latest: ModelVersion | null;
  /** The highest version in each stage that has one. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ModelVersion {
  readonly name: string;
  readonly version: number;
  /** The URI that it was registered with. */
  readonly source: string;
  readonly runId: string | null;
  /** Of the LoggedModel, on MLflow 3. */
  readonly modelId: string | null;
  readonly stage: string;
  readonly status: 'READY' | 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION';
  readonly statusMessage: string | null;
  readonly description: string | null;
  readonly tags: Tags;
  readonly aliases: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A model as MLflow 3 keeps it, registered or not. */
export interface LoggedModel {
  readonly modelId: string;
  readonly name: string;
  readonly experimentId: string;
  readonly status: 'PENDING' | 'READY' | 'FAILED' | 'UNKNOWN';
  readonly runId: string | null;
  /** URI of the folder of its files. */
  readonly location: string;
  readonly tags: Tags;
  readonly params: Tags;
  readonly createdAt: Date;
}

export interface Run {
  readonly runId: string;
  readonly experimentId: string;
  /** URI of the folder of its artifacts. */
  readonly location: string;
  readonly tags: Tags;
  readonly params: Tags;
}
