import { z } from 'zod';
import { loggedModelOf, stageOf } from '../uri/model-uri.ts';
import type { LoggedModel, ModelVersion, RegisteredModel, Run } from './entities.ts';

/** int64 is a number to some servers and a string to others. */
const integer = z.coerce.number().int();
const text = z
  .string()
  .nullish()
  .transform((value) => (value ? value : null));
const pairs = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([])
  .transform((tags) => Object.fromEntries(tags.map(({ key, value }) => [key, value])));
const date = integer.default(0).transform((ms) => new Date(ms));

export const modelVersionSchema: z.ZodType<ModelVersion> = z
  .object({
    name: z.string(),
    version: integer.min(1),
    source: z.string().default(''),
    run_id: text,
    model_id: text,
    current_stage: z.string().default('None'),
    status: z.enum(['READY', 'PENDING_REGISTRATION', 'FAILED_REGISTRATION']).default('READY'),
    status_message: text,
    description: text,
    tags: pairs,
    aliases: z.array(z.string()).default([]),
    creation_timestamp: date,
    last_updated_timestamp: date,
  })
  .transform((version) => ({
    name: version.name,
    version: version.version,
    source: version.source,
    runId: version.run_id,
    modelId: version.model_id ?? loggedModelOf(version.source),
    stage: version.current_stage,
    status: version.status,
    statusMessage: version.status_message,
    description: version.description,
    tags: version.tags,
    aliases: version.aliases,
    createdAt: version.creation_timestamp,
    updatedAt: version.last_updated_timestamp,
  }));

export const registeredModelSchema: z.ZodType<RegisteredModel> = z
  .object({
    name: z.string(),
    description: text,
    tags: pairs,
    aliases: z.array(z.object({ alias: z.string(), version: integer })).default([]),
    latest_versions: z.array(modelVersionSchema).default([]),
    creation_timestamp: date,
    last_updated_timestamp: date,
  })
  .transform((model) => ({
    name: model.name,
    description: model.description,
    tags: model.tags,
    aliases: Object.fromEntries(model.aliases.map(({ alias, version }) => [alias, version])),
    // The latest of each stage.
    latest: [...model.latest_versions].sort((a, b) => b.version - a.version)[0] ?? null,
    stages: Object.fromEntries(
      model.latest_versions.flatMap(({ version, stage: named }) => {
        const stage = stageOf(named);
        return stage ? [[stage, version]] : [];
      }),
    ),
    createdAt: model.creation_timestamp,
    updatedAt: model.last_updated_timestamp,
  }));

const loggedStatus = z.union([z.string(), z.number()]).transform((status): LoggedModel['status'] => {
  const known = { 1: 'PENDING', 2: 'READY', 3: 'FAILED' } as const;
  const name = typeof status === 'number' ? known[status as 1 | 2 | 3] : status.replace('LOGGED_MODEL_', '');
  return name === 'PENDING' || name === 'READY' || name === 'FAILED' ? name : 'UNKNOWN';
});

export const loggedModelSchema: z.ZodType<LoggedModel> = z
  .object({
    info: z.object({
      model_id: z.string(),
      name: z.string().default(''),
      experiment_id: z.coerce.string(),
      status: loggedStatus.default('UNKNOWN'),
      source_run_id: text,
      artifact_uri: z.string(),
      tags: pairs,
      creation_timestamp_ms: date,
    }),
    data: z.object({ params: pairs }).default({ params: {} }),
  })
  .transform(({ info, data }) => ({
    modelId: info.model_id,
    name: info.name,
    experimentId: info.experiment_id,
    status: info.status,
    runId: info.source_run_id,
    location: info.artifact_uri,
    tags: info.tags,
    params: data.params,
    createdAt: info.creation_timestamp_ms,
  }));

export const runSchema: z.ZodType<Run> = z
  .object({
    info: z.object({ run_id: z.string(), experiment_id: z.coerce.string(), artifact_uri: z.string() }),
    data: z.object({ tags: pairs, params: pairs }).default({ tags: {}, params: {} }),
  })
  .transform(({ info, data }) => ({
    runId: info.run_id,
    experimentId: info.experiment_id,
    location: info.artifact_uri,
    tags: data.tags,
    params: data.params,
  }));

export const filesSchema: z.ZodType<
  readonly { readonly path: string; readonly isFolder: boolean; readonly size: number | null }[]
> = z
  .object({
    files: z
      .array(
        z.object({
          path: z.string(),
          is_dir: z.boolean().default(false),
          file_size: z.coerce.number().int().min(0).nullish(),
        }),
      )
      .default([]),
  })
  .transform(({ files }) =>
    files.map(({ path, is_dir: isFolder, file_size: size }) => ({ path, isFolder, size: size ?? null })),
  );
