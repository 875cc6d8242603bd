import { assertString, QualmError } from '@qualm/types';
import { aliasName, artifactPath, entityId, modelName, quote } from './names.ts';

/** Which version of a registered model is meant. `latest` is the one with the highest number. */
export type VersionChoice =
  | { readonly by: 'latest' }
  | { readonly by: 'version'; readonly version: number }
  | { readonly by: 'alias'; readonly alias: string }
  | { readonly by: 'stage'; readonly stage: Stage };

export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';

/** What a model URI names. */
export type ModelReference =
  | { readonly kind: 'registered'; readonly name: string; readonly choice: VersionChoice }
  | { readonly kind: 'logged'; readonly modelId: string }
  | { readonly kind: 'run'; readonly runId: string; readonly path: string };

/** True where a text is one of the URIs that `parseModelUri` reads, or means to be one.
 * @example isModelUri('mlflow:/ssd') // true
 */
export function isModelUri(text: string): boolean {
  return typeof text === 'string' && /^(mlflow|models|runs):/i.test(text);
}

/** What a URI names: `mlflow:/name`, `mlflow:///name`, `/name/3`, `/name@alias`,
 * `/name/Production`, `/name/latest`; `models:/` with the same, `models:/m-<id>` and
 * `runs:/<id>/path`. Names are taken as they are, nothing is decoded.
 * @throws QualmError `unsupported` for anything else; the message says how to write
 * `mlflow://name`.
 * @see https://mlflow.org/docs/latest/ml/model-registry/   @example parseModelUri('mlflow:/ssd@champion')
 */
export function parseModelUri(uri: string): ModelReference {
  assertString('parseModelUri', 'its URI', uri, "a model URI, such as 'mlflow:/ssd'");
  const [, scheme, slashes, rest] = /^(mlflow|models|runs):(\/*)([\s\S]*)$/.exec(uri) ?? [];
  if (scheme === undefined || slashes === undefined || rest === undefined)
    throw new QualmError('unsupported', `model URI ${quote(uri)}: ${wanted}`);
  if (slashes === '//') {
    const meant = `${scheme}:/${rest}`;
    throw new QualmError(
      'unsupported',
      `model URI ${quote(uri)}: two slashes make "${rest.split('/')[0]}" a host; write ${quote(meant)}`,
    );
  }
  if (slashes !== '/' && slashes !== '///') throw new QualmError('unsupported', `model URI ${quote(uri)}: ${wanted}`);
  const where = `model URI ${quote(uri)}`;
  return scheme === 'runs' ? runReference(rest, where) : modelReference(scheme, rest, where);
}

const wanted =
  'expected mlflow:/name, mlflow:/name/3, mlflow:/name@alias, mlflow:/name/Production, models:/m-<id> or runs:/<id>/path';

function runReference(rest: string, where: string): ModelReference {
  const [runId = '', ...path] = rest.split('/');
  if (path.length === 0)
    throw new QualmError('unsupported', `${where}: no path; expected runs:/<id>/path, most often runs:/<id>/model`);
  return { kind: 'run', runId: entityId(runId, where), path: artifactPath(path.join('/'), where) };
}

function modelReference(scheme: string, rest: string, where: string): ModelReference {
  if (scheme === 'models' && /^m-[0-9a-f]{32}$/.test(rest)) return { kind: 'logged', modelId: rest };
  const parts = rest.split('/');
  if (parts.length > 2) throw new QualmError('unsupported', `${where}: ${parts.length} parts; ${wanted}`);
  const [first = '', second] = parts;
  const at = first.lastIndexOf('@');
  if (at >= 0 && second !== undefined)
    throw new QualmError('unsupported', `${where}: an alias and a version; expected one of them`);
  const name = modelName(at >= 0 ? first.slice(0, at) : first, where);
  if (at >= 0) {
    const alias = first.slice(at + 1);
    if (/^latest$/i.test(alias)) return { kind: 'registered', name, choice: { by: 'latest' } };
    return { kind: 'registered', name, choice: { by: 'alias', alias: aliasName(alias, where) } };
  }
  return { kind: 'registered', name, choice: second === undefined ? { by: 'latest' } : versionChoice(second, where) };
}

function versionChoice(text: string, where: string): VersionChoice {
  if (/^latest$/i.test(text)) return { by: 'latest' };
  if (/^[1-9]\d{0,8}$/.test(text)) return { by: 'version', version: Number(text) };
  const stage = stageOf(text);
  if (stage) return { by: 'stage', stage };
  throw new QualmError(
    'unsupported',
    `${where}: ${quote(text)} is neither a version nor a stage; expected a number from 1, latest, ${stages.join(', ')}; an alias is written @${text}`,
  );
}

const stages: readonly Stage[] = ['None', 'Staging', 'Production', 'Archived'];

/** The stage of a name, whatever its case; null for others, such as MLflow's own for deleted
 * versions.
 */
export function stageOf(name: string): Stage | null {
  return stages.find((stage) => stage.toLowerCase() === name.toLowerCase()) ?? null;
}

/** The URI of a version, in the form that qualm prints. */
export function versionUri(name: string, version: number): string {
  return `mlflow:/${name}/${version}`;
}

/** The LoggedModel that a source names, which servers before 3.2 do not repeat. */
export function loggedModelOf(source: string): string | null {
  return /^models:\/(m-[0-9a-f]{32})$/.exec(source)?.[1] ?? null;
}
