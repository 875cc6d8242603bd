import { QualmError } from '@qualm/types';
import { readSmall } from '../artifacts/artifacts.ts';
import { unavailable } from '../http/transport-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import { retry } from '../http/retry.ts';

/** MLflow's own version, which decides whether it has LoggedModels. */
export async function serverVersion(client: HttpClient, signal: AbortSignal | undefined): Promise<string> {
  const { body, status } = await retry(
    () => client.open({ method: 'GET', path: ['version'], signal }),
    client.settings,
    signal,
  ).catch((error: unknown) => {
    throw unavailable(error, client.address);
  });
  const text = (await readSmall(body, 10_000, `registry ${client.address}`)).toString('utf8').trim();
  if (status === 200 && /^\d+\.\d+[\w.+-]{0,40}$/.test(text)) return text;
  throw new QualmError(
    'registry-invalid',
    `registry ${client.address}: /version is no version of MLflow; is this the address of an MLflow server?`,
  );
}
