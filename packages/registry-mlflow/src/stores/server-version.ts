import { QualmError } from '@qualm/types';
import { defaultTimeoutSeconds } from '../http/create-dispatcher.ts';
import type { HttpClient } from '../http/http-client.ts';
import { readSmall } from '../http/read-small.ts';
import { isInterruption, transportError, unavailable } from '../http/transport-error.ts';
import { retry } from '../http/retry.ts';

/** MLflow's own version, which decides whether it has LoggedModels. */
export async function serverVersion(client: HttpClient, signal: AbortSignal | undefined): Promise<string> {
  const { timeoutSeconds: seconds = defaultTimeoutSeconds } = client.settings;
  const attempt = async (): Promise<{ text: string; status: number }> => {
    const { body, status } = await client.open({ method: 'GET', path: ['version'], signal });
    const bytes = await readSmall(body, { maxBytes: 10_000, seconds, where: `registry ${client.address}` }).catch(
      (error: unknown) => {
        throw isInterruption(error) ? transportError(error, client.address, true) : error;
      },
    );
    return { text: bytes.toString('utf8').trim(), status };
  };
  const { text, status } = await retry(attempt, client.settings, signal).catch((error: unknown) => {
    throw unavailable(error, client.address);
  });
  if (status === 200 && /^\d+\.\d+[\w.+-]{0,40}$/.test(text)) return text;
  throw new QualmError(
    'registry-invalid',
    `registry ${client.address}: /version is not a version of MLflow; is this the address of an MLflow server?`,
  );
}
