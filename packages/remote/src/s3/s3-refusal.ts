import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import { statusError } from '../net/status-error.ts';
import { TransientError } from '../net/transient-error.ts';
import { readText } from '../net/read-text.ts';

/** Faults of the credentials rather than of what was asked for; the last is that of Versity's
 * gateway, with the status 404.
 */
const ofCredentials =
  /^(ExpiredToken|InvalidToken|TokenRefreshRequired|InvalidAccessKeyId|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestExpired|XAdminUserNotFound)$/;

/** What an answer of S3 that is no success means. A code of its own is part of the message, all
 * else that it says is not.
 * @param refuse whether other credentials may be had.
 */
export async function refusalOf(
  what: string,
  response: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>,
  refuse: (isOfCredentials: boolean) => boolean,
): Promise<Error> {
  const text = await readText(response.body);
  const code = /<Code>([A-Za-z]{1,64})<\/Code>/.exec(text)?.[1];
  if (code === undefined) return statusError(what, response);
  if (
    /^(SlowDown|InternalError|RequestTimeout|ServiceUnavailable|OperationAborted|ConditionalRequestConflict)$/.test(
      code,
    )
  ) {
    return new TransientError(`S3 says ${code}`);
  }
  if (!ofCredentials.test(code)) return statusError(what, response, code);
  const hint = code === 'RequestTimeTooSkewed' ? "set this machine's clock" : 'get new credentials, then resume';
  if (refuse(true)) return new TransientError(`S3 says ${code}`, { code: 'access-denied' });
  return new QualmError('access-denied', `${what}: S3 says ${code}; ${hint}`);
}
