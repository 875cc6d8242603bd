import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromEnv } from '../src/index.ts';
import { scratchFolder } from './folder-registry.ts';

describe('fromEnv(environment)', () => {
  it('is nothing for nothing', () => expect(fromEnv({ PATH: '/bin', MLFLOW_TRACKING_URI: '' })).toEqual({}));

  it('reads every variable of MLflow that it names', async () => {
    const path = join(await scratchFolder(), 'cert.pem');
    await writeFile(path, 'PEM');
    expect(
      fromEnv({
        MLFLOW_TRACKING_URI: 'https://host',
        MLFLOW_REGISTRY_URI: 'https://other',
        MLFLOW_TRACKING_USERNAME: 'ann',
        MLFLOW_TRACKING_PASSWORD: 'secret',
        MLFLOW_TRACKING_TOKEN: 'token',
        MLFLOW_TRACKING_INSECURE_TLS: 'true',
        MLFLOW_TRACKING_SERVER_CERT_PATH: path,
        MLFLOW_TRACKING_CLIENT_CERT_PATH: path,
        MLFLOW_HTTP_REQUEST_TIMEOUT: '30',
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: '7',
        MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '2',
        MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '1.0',
        HTTPS_PROXY: 'http://proxy:3128',
        no_proxy: 'localhost',
        QUALM_CACHE: '/cache',
      }),
    ).toEqual({
      trackingUri: 'https://host',
      registryUri: 'https://other',
      username: 'ann',
      password: 'secret',
      token: 'token',
      insecureTls: true,
      ca: 'PEM',
      clientCertificate: 'PEM',
      timeoutSeconds: 30,
      maxRetries: 7,
      backoffSeconds: 2,
      jitterSeconds: 1,
      proxy: { https: 'http://proxy:3128', none: 'localhost' },
      cacheFolder: '/cache',
    });
  });

  it.each([
    [{ MLFLOW_TRACKING_INSECURE_TLS: 'yes' }, 'true or false'],
    [{ MLFLOW_HTTP_REQUEST_TIMEOUT: '0' }, 'seconds above 0'],
    [{ MLFLOW_HTTP_REQUEST_TIMEOUT: 'long' }, 'seconds above 0'],
    [{ MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1.5' }, 'a whole number'],
    [{ MLFLOW_TRACKING_SERVER_CERT_PATH: '/nowhere/ca.pem' }, 'cannot read /nowhere/ca.pem'],
  ])('%j is refused', (environment, why) => expect(() => fromEnv(environment)).toThrow(why));
});
