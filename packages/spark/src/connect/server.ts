import type { Client } from '@grpc/grpc-js';
import type { Calls } from './calls.ts';
import type { Retries } from './retry-delays.ts';

/** The other end of a session: calls, and what each of them says of the session. */
export interface Server {
  /** `sc://host:port` */
  readonly name: string;
  readonly client: Client;
  readonly calls: Calls;
  /** Which session, and whose. */
  identity(): Identity;
  /** Keeps what a response says of the session. */
  see(response: { readonly serverSideSessionId: string }): void;
  retries(signal?: AbortSignal): Retries;
  /** What is still said to the server while nobody waits; `settled` waits for it. */
  aside(said: Promise<unknown>): void;
  settled(): Promise<void>;
}

/** What every request says of its session. */
export interface Identity {
  readonly sessionId: string;
  readonly userContext: { readonly userId: string; readonly userName: string };
  readonly clientType: string;
  /** A server that has begun anew does not answer as if nothing had happened. */
  readonly clientObservedServerSideSessionId?: string;
}
