import { assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { ConnectOptions } from './connect-options.ts';
import { parseSparkAddress } from './spark-address.ts';
import type { SparkSession } from './spark-session.ts';

/** A session on the Spark Connect server at an address. Close it.
 * @param address `sc://host:15002/;token=...;use_ssl=true;user_id=...`, as Spark's own clients take
 * it; a token means TLS, except on this machine.
 * @throws QualmError `options-invalid` for an address that cannot be read, `spark-unavailable`
 * where no such server answers, `access-denied`, `unsupported` for Spark before 3.5, `aborted`;
 * RangeError for wrong arguments.
 * @example const session = await connect('sc://127.0.0.1:15002');
 */
export async function connect(address: string, options: ConnectOptions = {}): Promise<SparkSession> {
  const wanted = "an address such as 'sc://host:15002'";
  assertText('connect', 'its address', address, wanted);
  assertOptions('connect', options, '{ timeout: 5000 }');
  const { token, timeout } = options;
  if (timeout !== undefined && !(timeout > 0)) throw wrongArgument('connect', 'timeout', timeout, 'milliseconds');
  if (token !== undefined && (token === '' || !['string', 'function'].includes(typeof token)))
    throw new RangeError('connect: token is neither a text nor a function that gives one');
  const parsed = parseSparkAddress(address);
  const { openSession } = await import('./open-session.ts');
  return openSession(parsed, options);
}
