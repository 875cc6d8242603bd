import { readFileSync } from 'node:fs';
import { assertOptions, QualmError } from '@qualm/types';
import type { MlflowRegistryOptions } from './mlflow-registry.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The options that MLflow's environment variables mean: MLFLOW_TRACKING_URI, MLFLOW_REGISTRY_URI,
 * MLFLOW_TRACKING_USERNAME, _PASSWORD, _TOKEN, _INSECURE_TLS, _SERVER_CERT_PATH, _CLIENT_CERT_PATH,
 * MLFLOW_HTTP_REQUEST_TIMEOUT (seconds), _MAX_RETRIES, _BACKOFF_FACTOR, _BACKOFF_JITTER; the
 * proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY; and QUALM_CACHE, the folder for fetched models.
 * @throws QualmError `unsupported` for an invalid value, `io` for a certificate that cannot be
 * read.
 * @example createMlflowRegistry(fromEnv(process.env))
 * @see https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html
 */
export function fromEnv(environment: Environment): MlflowRegistryOptions {
  assertOptions('fromEnv', environment, 'process.env', 'its environment');
  const proxy = {
    ...present('http', environment['HTTP_PROXY'] ?? environment['http_proxy']),
    ...present('https', environment['HTTPS_PROXY'] ?? environment['https_proxy']),
    ...present('none', environment['NO_PROXY'] ?? environment['no_proxy']),
  };
  const certificate = (name: string): string | undefined => {
    const path = environment[name];
    return path ? readCertificate(path, name) : undefined;
  };
  return {
    ...present('trackingUri', environment['MLFLOW_TRACKING_URI']),
    ...present('registryUri', environment['MLFLOW_REGISTRY_URI']),
    ...present('username', environment['MLFLOW_TRACKING_USERNAME']),
    ...present('password', environment['MLFLOW_TRACKING_PASSWORD']),
    ...present('token', environment['MLFLOW_TRACKING_TOKEN']),
    ...present('insecureTls', flag(environment, 'MLFLOW_TRACKING_INSECURE_TLS')),
    ...present('ca', certificate('MLFLOW_TRACKING_SERVER_CERT_PATH')),
    ...present('clientCertificate', certificate('MLFLOW_TRACKING_CLIENT_CERT_PATH')),
    ...present(
      'timeoutSeconds',
      number(environment, 'MLFLOW_HTTP_REQUEST_TIMEOUT', 'seconds above 0', (n) => n > 0),
    ),
    ...present('maxRetries', number(environment, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES', 'a whole number from 0', isCount)),
    ...present(
      'backoffSeconds',
      number(environment, 'MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', 'seconds from 0', isNotNegative),
    ),
    ...present(
      'jitterSeconds',
      number(environment, 'MLFLOW_HTTP_REQUEST_BACKOFF_JITTER', 'seconds from 0', isNotNegative),
    ),
    ...present('cacheFolder', environment['QUALM_CACHE']),
    ...('http' in proxy || 'https' in proxy ? { proxy } : {}),
  };
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<Key, Value>);
}

function flag(environment: Environment, name: string): boolean | undefined {
  const text = environment[name];
  if (!text) return undefined;
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw new QualmError('unsupported', `${name} is "${text}"; expected true or false`);
}

function number(
  environment: Environment,
  name: string,
  wanted: string,
  isRight: (value: number) => boolean,
): number | undefined {
  const text = environment[name];
  if (!text) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && isRight(value)) return value;
  throw new QualmError('unsupported', `${name} is "${text}"; expected ${wanted}`);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function isNotNegative(value: number): boolean {
  return value >= 0;
}

function readCertificate(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new QualmError('io', `${name}: cannot read ${path}; check the path`, { cause });
  }
}
