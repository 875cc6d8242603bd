import { QualmError } from '@qualm/types';

/** The same name of a registered model. MLflow's server accepts more, such as `..` and `a/b`, which
 * no URI or path can name.
 * @param where what asked, for the message.   @throws QualmError `unsupported`
 */
export function modelName(name: string, where: string): string {
  const fault =
    name === '' || name.trim() !== name
      ? 'is empty or has blanks at its ends'
      : name === '.' || name === '..'
        ? 'means a folder'
        : name.length > 256
          ? 'is longer than 256 characters'
          : /[/\\:@%]/.test(name)
            ? 'has one of / \\ : @ %'
            : name.includes("'") && name.includes('"')
              ? 'has both kinds of quotes, which no filter of MLflow can hold'
              : isControl.test(name)
                ? 'has control characters'
                : null;
  if (fault === null) return name;
  throw new QualmError(
    'unsupported',
    `${where}: the model name ${quote(name)} ${fault}; expected letters, digits, spaces, ". _ -" and the like`,
  );
}

/** The same alias. `latest` and v-numbers are refused, as MLflow refuses them:
 * `mlflow:/name/latest` means another thing.
 * @throws QualmError `unsupported`
 */
export function aliasName(alias: string, where: string): string {
  if (/^[\w-]{1,255}$/.test(alias) && !/^(v\d+|latest)$/i.test(alias)) return alias;
  throw new QualmError(
    'unsupported',
    `${where}: the alias ${quote(alias)} cannot be used; expected letters, digits, _ and -, but neither "latest" nor "v1"`,
  );
}

/** The same id of a run, a logged model or an experiment: these become parts of URLs and paths.
 * @throws QualmError `unsupported`
 */
export function entityId(id: string, where: string): string {
  if (/^[a-zA-Z0-9][\w-]{0,255}$/.test(id)) return id;
  throw new QualmError('unsupported', `${where}: ${quote(id)} is not an id; expected letters, digits, _ and -`);
}

const isControl = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** The same relative path of an artifact, with forward slashes. What a server lists is held to this
 * as well as what is logged: it becomes a path on this machine.
 * @throws QualmError `path-outside` for a path that is absolute, leaves its folder, or could be
 * read in two ways.
 */
export function artifactPath(path: string, where: string): string {
  const fault =
    path === '' || path.length > 1024
      ? 'is empty or longer than 1,024 characters'
      : isControl.test(path)
        ? 'has control characters'
        : path.includes('\\')
          ? 'has a backslash'
          : /%[0-9a-fA-F]{2}|#/.test(path)
            ? 'has # or an encoded character, which servers read in several ways'
            : path.startsWith('/') || /^[a-zA-Z][\w+.-]*:/.test(path)
              ? 'is absolute'
              : path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')
                ? 'has an empty part, "." or ".."'
                : null;
  if (fault === null) return path;
  throw new QualmError(
    'path-outside',
    `${where}: the path ${quote(path)} ${fault}; expected a relative path inside of the model's folder`,
  );
}

/** The text in quotes, shortened, with nothing that a terminal acts upon. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 197)}...` : text);
}
