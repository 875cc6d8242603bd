import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { parseStoreUri } from '../src/uri/store-uri.ts';

describe('parseStoreUri(uri, cwd)', () => {
  it.each([
    ['http://host:5000', { kind: 'rest', url: 'http://host:5000/' }],
    ['https://host/prefix/', { kind: 'rest', url: 'https://host/prefix' }],
    ['https://ann:p%40ss@host', { kind: 'rest', url: 'https://host/', username: 'ann', password: 'p@ss' }],
    ['https://host/?token=x#y', { kind: 'rest', url: 'https://host/' }],
    ['sqlite:///mlflow.db', { kind: 'sqlite', path: '/project/mlflow.db' }],
    ['sqlite:////data/mlflow.db', { kind: 'sqlite', path: '/data/mlflow.db' }],
    ['file:///data/mlruns', { kind: 'folder', path: '/data/mlruns' }],
    ['file:mlruns', { kind: 'folder', path: '/project/mlruns' }],
    ['/data/models', { kind: 'folder', path: '/data/models' }],
    ['qualm-models', { kind: 'folder', path: '/project/qualm-models' }],
  ])('%s', (uri, place) => {
    const found = parseStoreUri(uri, '/project');
    expect('url' in found ? { ...found, url: found.url.href } : found).toEqual(place);
  });

  it.each([
    ['databricks', 'Databricks'],
    ['databricks://profile', 'Databricks'],
    ['databricks-uc', 'Databricks'],
    ['uc:http://host', 'Databricks'],
    ['postgresql://ann:secret@host/db', 'mlflow server --backend-store-uri postgresql://'],
    ['mysql+pymysql://ann:secret@host/db', 'mlflow server'],
    ['s3://bucket/models', 'the scheme "s3:" is not supported'],
    ['sqlite://mlflow.db', 'sqlite:///relative/file.db'],
    ['sqlite:///:memory:', 'sqlite:///relative/file.db'],
    ['file://host/share', 'another host'],
    ['http://', 'not a URL'],
  ])('%s is refused, without its password', (uri, why) => {
    let error: unknown;
    try {
      parseStoreUri(uri, '/project');
    } catch (thrown) {
      error = thrown;
    }
    expect(QualmError.is(error, 'unsupported')).toBe(true);
    expect(String(error)).toContain(why);
    expect(String(error)).not.toContain('secret');
  });
});
