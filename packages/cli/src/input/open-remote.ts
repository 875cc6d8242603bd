import type { OpenerOptions, S3CredentialsSource, S3Options } from '@qualm/remote';
import { isRemoteUri, QualmError } from '@qualm/types';
import type { OpenUri } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Where images on other machines may come from. */
export interface RemoteOptions {
  /** Beginnings of URIs. */
  readonly allow?: readonly string[] | undefined;
  readonly allowPrivate?: true | undefined;
}

type World = Pick<Terminal, 'env'>;

/** Opens images of other machines: those that the command line names itself, and those of places
 * that `--allow` names. What does it is loaded with the first of them.
 * @param named images of the command line; a list on stdin may be from anybody
 * @throws UsageError for an `--allow` that is no beginning of a URI.
 */
export function openerFor(options: RemoteOptions, named: readonly string[], { env }: World): OpenUri {
  let made: Promise<OpenUri> | null = null;
  return async (uri, signal, room) => {
    made ??= makeOpener(options, named, env);
    return (await made)(uri, signal, room);
  };
}

/** @throws UsageError */
export async function assertRemoteOptions(options: RemoteOptions, { env }: World): Promise<void> {
  if ((options.allow?.length ?? 0) > 0) await makeOpener(options, [], env);
}

async function makeOpener(
  { allow = [], allowPrivate }: RemoteOptions,
  named: readonly string[],
  env: Terminal['env'],
): Promise<OpenUri> {
  const { createOpener } = await import('@qualm/remote');
  const open = (own: Pick<OpenerOptions, 'allow' | 's3'>): OpenUri =>
    asUsage(() => createOpener({ ...own, allowPrivate: allowPrivate === true }));
  const s3 = await s3Options(env);
  const allowed = open({ allow, s3 });
  const ours = new Set(named.filter(isRemoteUri));
  // A query is part of what was named, and of no beginning.
  const own = open({ allow: [...allow, ...[...ours].map(withoutQuery)], s3 });
  return (uri, signal, room) => (ours.has(uri) || isBelowOurs(uri, ours) ? own : allowed)(uri, signal, room);
}

function isBelowOurs(uri: string, ours: ReadonlySet<string>): boolean {
  return /^s3:/i.test(uri) && [...ours].some((folder) => uri.startsWith(folder.replace(/\/*$/, '/')));
}

function withoutQuery(uri: string): string {
  if (/^s3:/i.test(uri) || !URL.canParse(uri)) return uri;
  const { origin, pathname } = new URL(uri);
  return `${origin}${pathname}`;
}

/** S3 by the environment, as AWS's own tools have it. Profiles and roles are their business. */
export async function s3Options(env: Terminal['env']): Promise<S3Options> {
  const { s3FromEnv } = await import('@qualm/remote');
  const known = s3FromEnv(env);
  const source = providers.find((name) => env[name]);
  if (known.credentials !== undefined || source === undefined) return known;
  return { ...known, credentials: await fromProviders(source) };
}

const providers = [
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

interface Providers {
  fromNodeProviderChain(): S3CredentialsSource;
}

async function fromProviders(variable: string): Promise<S3CredentialsSource> {
  // An optional package, which TypeScript need not find.
  const name = '@aws-sdk/credential-providers';
  try {
    return ((await import(name)) as Providers).fromNodeProviderChain();
  } catch (cause) {
    throw new QualmError(
      'access-denied',
      `S3: ${variable} is set, and what reads it is not installed: npm install ${name}, or set AWS_ACCESS_KEY_ID`,
      { cause },
    );
  }
}

function asUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UsageError(cause.message.replace(/^createOpener: allow names/, '--allow:'), { cause });
  }
}
