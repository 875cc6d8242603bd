import { assertArray, assertText, maskUri, QualmError } from '@qualm/types';
import { parseS3Uri } from '../s3/s3-uri.ts';

/** Which URIs may be opened. */
export interface AllowList {
  /** @throws QualmError `unsupported` */
  assertAllowed(uri: string): void;
}

const wanted = "'https://images.example.org/' or 's3://bucket/photos/'";

/** The beginnings of URIs that may be opened, each up to a whole part of a path. The host `*` is
 * any, `*.example.org` any below that one.
 * @throws RangeError for what is no such beginning.
 */
export function createAllowList(where: string, prefixes: readonly string[]): AllowList {
  assertArray(where, 'allow', prefixes, `an array, such as [${wanted}]`);
  const rules = prefixes.map((prefix) => ruleOf(where, prefix));
  return {
    assertAllowed(uri) {
      if (rules.some((rule) => rule(uri))) return;
      throw notAllowed(uri);
    },
  };
}

type Rule = (uri: string) => boolean;

function ruleOf(where: string, prefix: string): Rule {
  assertText(where, 'a prefix of allow', prefix, wanted);
  if (/^s3:\/\//i.test(prefix)) return s3Rule(where, prefix);
  const allowed = URL.canParse(prefix) ? new URL(prefix) : null;
  if (!allowed || !/^https?:$/.test(allowed.protocol) || allowed.username !== '' || allowed.search !== '') {
    throw new RangeError(`${where}: allow names ${JSON.stringify(maskUri(prefix))}; expected ${wanted}`);
  }
  return (uri) => {
    const url = URL.canParse(uri) ? new URL(uri) : null;
    return (
      url !== null &&
      url.protocol === allowed.protocol &&
      url.port === allowed.port &&
      isHost(url.hostname, allowed.hostname) &&
      isBelow(url.pathname, allowed.pathname) &&
      !leavesPath(url.pathname)
    );
  };
}

function s3Rule(where: string, prefix: string): Rule {
  const { bucket, key } = parseS3Uri(where, prefix);
  return (uri) => {
    if (!/^s3:\/\//i.test(uri)) return false;
    const found = parseS3Uri('open', uri);
    return found.bucket === bucket && isBelow(found.key, key);
  };
}

function isHost(host: string, allowed: string): boolean {
  if (allowed === '*') return true;
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}

function isBelow(path: string, allowed: string): boolean {
  if (!path.startsWith(allowed)) return false;
  return allowed === '' || allowed.endsWith('/') || path.length === allowed.length || path[allowed.length] === '/';
}

/** Of `..` that a URL leaves alone and a server may not: `%2F` and `\` between the parts. */
function leavesPath(path: string): boolean {
  const decoded = path.replaceAll(/%(25)*2f|%(25)*5c|\\/gi, '/').replaceAll(/%(25)*2e/gi, '.');
  return decoded.split('/').includes('..');
}

function notAllowed(uri: string): QualmError {
  const place = /^([a-z][a-z\d+.-]+:\/\/)(?:[^/?#]*@)?([^/?#]*)/i.exec(uri);
  const origin = place ? `${place[1]!.toLowerCase()}${place[2]}/` : uri;
  return new QualmError(
    'unsupported',
    `open: "${maskUri(uri)}" may not be opened; name where images may come from: allow: ['${origin}'] (--allow ${origin})`,
  );
}
