import type { ModelSpec } from './model-spec.ts';

/** A spec and the folder that its files are relative to. */
export interface ResolvedModel {
  readonly spec: ModelSpec;
  /** Absolute path of a folder on this machine. */
  readonly root: string;
  /** Whether links in that folder may lead out of it: true where a user put the files there (the
   * caches of Hugging Face, DVC and git-annex are links), absent where they were fetched. */
  readonly followLinks?: boolean;
  /** The list's name, or the file, that the spec's labels were written as: `coco-80`, `data.yaml`.
   * Absent where they were listed in it. */
  readonly labelsFrom?: string;
}

/** Turns a URI into a spec and local files. */
export interface ModelRegistry {
  /** @throws QualmError `model-missing` when nothing of that name exists, `spec-invalid` when it
   * cannot be understood.
   */
  resolve(uri: string, options?: { readonly signal?: AbortSignal }): Promise<ResolvedModel>;
}
