import type { Dispatcher } from 'undici';
import type { HttpSettings } from './http-settings.ts';

/** MLflow's server has 15 connections to its database, and fails what waits half a minute for one.
 */
const connections = 8;

/** Seconds after which a server that says nothing has failed. */
export const defaultTimeoutSeconds = 120;

/** What carries the requests to one server, with its certificates, proxy and idle timeouts. */
export async function createDispatcher(settings: HttpSettings): Promise<Dispatcher> {
  const { timeoutSeconds = defaultTimeoutSeconds, insecureTls, ca, clientCertificate, proxy } = settings;
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const idle = timeoutSeconds * 1000;
  const tls = {
    ...(insecureTls && { rejectUnauthorized: false }),
    ...(ca !== undefined && { ca }),
    ...(clientCertificate !== undefined && { cert: clientCertificate, key: clientCertificate }),
  };
  const options = {
    connections,
    headersTimeout: idle,
    bodyTimeout: idle,
    connect: { timeout: Math.min(idle, 30_000), ...tls },
  };
  if (!proxy) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    requestTls: tls,
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.none ?? '',
  });
}
