import { rootCertificates } from 'node:tls';
import { Client, credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { QualmError } from '@qualm/types';
import type { SparkAddress } from './spark-address.ts';

const minute = 60_000;

/** A connection to the server at an address, which is made when it is needed. A token means TLS,
 * except on this machine.
 * @throws QualmError `options-invalid` where a token would travel in the clear, or a certificate
 * cannot be read.
 */
export function openChannel(
  address: SparkAddress,
  { hasToken, certificates }: { readonly hasToken: boolean; readonly certificates: Uint8Array | string | undefined },
): Client {
  const { name, isLoopback } = address;
  const useTls = address.useTls ?? (hasToken && !isLoopback);
  if (hasToken && !useTls && !isLoopback)
    throw new QualmError(
      'options-invalid',
      `connect: a token for ${name} would travel without encryption; remove use_ssl=false`,
    );
  return new Client(`dns:///${name.slice('sc://'.length)}`, credentialsOf(useTls, certificates), {
    // Spark limits its batches itself, but for a row that is larger.
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    // Servers before Spark 4.3 hang up on clients that ask more often than every five minutes.
    'grpc.keepalive_time_ms': 5.2 * minute,
    'grpc.keepalive_timeout_ms': minute / 3,
    // Waits between calls are ours.
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 5000,
    'grpc.enable_http_proxy': isLoopback ? 0 : 1,
    'grpc.service_config_disable_resolution': 1,
    // Two sessions do not share what one of them closes.
    'grpc.use_local_subchannel_pool': 1,
  });
}

function credentialsOf(useTls: boolean, certificates: Uint8Array | string | undefined): ChannelCredentials {
  if (!useTls) return credentials.createInsecure();
  if (certificates === undefined) return credentials.createSsl();
  const text = typeof certificates === 'string' ? certificates : Buffer.from(certificates).toString('utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new QualmError('options-invalid', 'connect: certificates: no certificate in PEM is there');
  try {
    return credentials.createSsl(Buffer.from([text, ...rootCertificates].join('\n')));
  } catch (error) {
    throw new QualmError('options-invalid', 'connect: certificates cannot be read as PEM', { cause: error });
  }
}
