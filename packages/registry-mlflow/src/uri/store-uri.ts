import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';

/** Where a registry is kept. */
export type StoreLocation =
  | { readonly kind: 'rest'; readonly url: URL; readonly username?: string; readonly password?: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'sqlite'; readonly path: string };

/** The place that a tracking or registry URI names, as MLflow reads it: `http(s)://host/prefix`,
 * `sqlite:///file.db`, `file:` and plain paths. A user and password in the URL are taken out of it.
 * @param cwd what relative paths are relative to.
 * @throws QualmError `unsupported` for Databricks and for database servers, saying what to do.
 */
export function parseStoreUri(uri: string, cwd: string): StoreLocation {
  const scheme = /^([a-zA-Z][\w+.-]+):/.exec(uri)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return restLocation(uri);
  if (/^(databricks|uc)(-uc)?($|:)/.test(uri))
    throw new QualmError(
      'unsupported',
      'registry: Databricks uses another protocol, which qualm does not support; copy the model to an MLflow server, or download it and use its files',
    );
  if (scheme === 'sqlite') return { kind: 'sqlite', path: sqlitePath(uri, cwd) };
  if (scheme === 'file') return { kind: 'folder', path: filePath(uri, cwd) };
  if (scheme === undefined) return { kind: 'folder', path: resolve(cwd, uri) };
  const database = /^(postgresql|postgres|mysql|mssql|oracle)/.test(scheme);
  throw new QualmError(
    'unsupported',
    database
      ? `registry: ${scheme} is reached through MLflow's server: start mlflow server --backend-store-uri ${scheme}://..., and give its http address`
      : `registry: the scheme "${scheme}:" is not supported; expected an http(s) address, sqlite:///file.db, or a folder`,
  );
}

function restLocation(uri: string): StoreLocation {
  if (!URL.canParse(uri))
    throw new QualmError(
      'unsupported',
      'registry: the address is not a URL; expected http://host:5000 or https://host/prefix',
    );
  const url = new URL(uri);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return {
    kind: 'rest',
    url,
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
}

function sqlitePath(uri: string, cwd: string): string {
  const [, path] = /^sqlite:\/\/\/([^?]+)/i.exec(uri) ?? [];
  if (path === undefined || path === ':memory:')
    throw new QualmError('unsupported', 'registry: expected sqlite:///relative/file.db or sqlite:////absolute/file.db');
  return resolve(cwd, path);
}

function filePath(uri: string, cwd: string): string {
  if (!/^file:\/\//i.test(uri)) return resolve(cwd, decodeURIComponent(uri.slice('file:'.length)));
  try {
    return fileURLToPath(uri);
  } catch (cause) {
    throw new QualmError('unsupported', `registry: "${uri}" names another host; expected file:///absolute/path`, {
      cause,
    });
  }
}

/** The URI of a place, without user and password. */
export function storeUri(place: StoreLocation): string {
  switch (place.kind) {
    case 'rest':
      return place.url.href.replace(/\/$/, '');
    case 'folder':
      return pathToFileURL(place.path).href;
    case 'sqlite':
      return `sqlite:///${place.path}`;
  }
}
