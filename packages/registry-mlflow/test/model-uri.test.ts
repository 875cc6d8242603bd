import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { isModelUri, parseModelUri } from '../src/index.ts';

const id = '0123456789abcdef0123456789abcdef';
const registered = (name: string, choice: object): object => ({ kind: 'registered', name, choice });

describe('parseModelUri(uri)', () => {
  // The first part of the table is MLflow's own list of model URIs; see models_artifact_repo.py and
  // store/artifact/utils/models.py.
  it.each([
    ['models:/ssd/3', registered('ssd', { by: 'version', version: 3 })],
    ['models:/ssd/latest', registered('ssd', { by: 'latest' })],
    ['models:/ssd@champion', registered('ssd', { by: 'alias', alias: 'champion' })],
    ['models:/ssd/Production', registered('ssd', { by: 'stage', stage: 'Production' })],
    [`models:/m-${id}`, { kind: 'logged', modelId: `m-${id}` }],
    [`runs:/${id}/model`, { kind: 'run', runId: id, path: 'model' }],
    [`runs:/${id}/a/b`, { kind: 'run', runId: id, path: 'a/b' }],
    ['mlflow:/ssd', registered('ssd', { by: 'latest' })],
    ['mlflow:///ssd', registered('ssd', { by: 'latest' })],
    ['mlflow:/ssd/3', registered('ssd', { by: 'version', version: 3 })],
    ['mlflow:///ssd@champion', registered('ssd', { by: 'alias', alias: 'champion' })],
    ['mlflow:/ssd/production', registered('ssd', { by: 'stage', stage: 'Production' })],
    ['mlflow:/ssd@latest', registered('ssd', { by: 'latest' })],
    [`mlflow:/m-${id}`, registered(`m-${id}`, { by: 'latest' })],
    ['mlflow:/ssd of the team', registered('ssd of the team', { by: 'latest' })],
    ['mlflow:/ärger-é.v2', registered('ärger-é.v2', { by: 'latest' })],
  ])('%s', (uri, reference) => {
    expect(parseModelUri(uri)).toEqual(reference);
    expect(isModelUri(uri)).toBe(true);
  });

  it.each([
    ['mlflow://ssd', 'write "mlflow:/ssd"'],
    ['models://ssd/3', 'write "models:/ssd/3"'],
    [`runs://${id}/model`, `write "runs:/${id}/model"`],
    ['mlflow:ssd', 'expected mlflow:/name'],
    ['ssd.json', 'expected mlflow:/name'],
    ['mlflow:/', 'empty'],
    ['mlflow:/a/b/c', '3 parts'],
    ['mlflow:/ssd/0', 'neither a version nor a stage'],
    ['mlflow:/ssd/-1', 'neither a version nor a stage'],
    ['mlflow:/ssd/champion', 'an alias is written @champion'],
    ['mlflow:/ssd@a/3', 'an alias and a version'],
    ['mlflow:/ssd@', 'the alias ""'],
    ['mlflow:/ssd@v1', 'the alias "v1"'],
    ['mlflow:/..', 'means a folder'],
    ['mlflow:/../../etc', '3 parts'],
    ['mlflow:/%2e%2e', 'has one of'],
    ['mlflow:/a\\b', 'has one of'],
    ['mlflow:/a\u001b[2Jb', 'control characters'],
    [`runs:/${id}`, 'no path'],
    [`runs:/${id}/../x`, '".."'],
    ['runs:/../model', 'is not an id'],
  ])('%s is refused', (uri, why) => {
    expect(() => parseModelUri(uri)).toThrow(QualmError);
    expect(() => parseModelUri(uri)).toThrow(why);
  });
});
