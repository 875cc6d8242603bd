/** A folder that tasks find: unpacked from an archive, or there already. */
export type TaskFolder =
  | {
      /** The name of the folder that an archive is unpacked in, such as `qualm-1a2b3c`. */
      readonly archive: string;
      /** The server's name of the session, where its uploads lie. */
      readonly session: string | null;
    }
  | {
      /** A folder of each executor's machine. */
      readonly path: string;
    };

/** What is run for each partition. */
export type WorkerProgram =
  | TaskFolder
  | {
      /** A command of the shell; arguments come behind it. */
      readonly command: string;
    };

/** The command that runs a worker, for the shell that Spark gives it to (bash). Sessions' uploads
 * lie in a folder named after the session, in the working folder where sessions are not kept apart
 * or where the server was started with `--archives`, and in a folder of unknown name with Spark
 * 3.5: it looks in all of them, and ends with 127, saying so, where it finds nothing.
 * @param model the spec's place within its folder, or a path or URI as executors see it.
 */
export function workerCommand(
  program: WorkerProgram,
  model: { readonly folder: TaskFolder | null; readonly spec: string } | null,
  args: readonly string[] = [],
): string {
  const start = 'command' in program ? program.command : '"$q/bin/node" "$q/worker.mjs"';
  const lines = ['command' in program ? '' : findFolder('q', program, 'bin/node')];
  if (model?.folder) lines.push(findFolder('m', model.folder, model.spec));
  const spec = model === null ? '' : ` --model ${model.folder ? `"$m"/` : ''}${shellWord(model.spec)}`;
  lines.push(`exec ${start}${spec}${args.map((word) => ` ${shellWord(word)}`).join('')}`);
  return lines.filter((line) => line !== '').join('\n');
}

/** A word as the shell reads it whatever is in it.
 * @example shellWord("it's") // "'it'\\''s'"
 */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Sets the variable of that name to where the folder is. */
function findFolder(variable: string, folder: TaskFolder, file: string): string {
  const missing = (what: string): string =>
    `[ -n "$${variable}" ] && [ -e "$${variable}"/${shellWord(file)} ] || { echo ${shellWord(`qualm: ${what}`)}" on $(hostname), in $PWD" >&2; exit 127; }`;
  if ('path' in folder) {
    return `${variable}=${shellWord(folder.path)}\n${missing(`there is no ${[folder.path, file].filter(Boolean).join('/')}`)}`;
  }
  const { archive, session } = folder;
  const places = [...(session === null ? [] : [shellWord(`./${session}`)]), '.', './*'].join(' ');
  const name = shellWord(archive);
  return [
    `${variable}=`,
    // An archive may have that folder within it, too.
    `for d in ${places}; do for n in ${name} ${name}/${name}; do`,
    `  if [ -z "$${variable}" ] && [ -e "$d"/$n/${shellWord(file)} ]; then ${variable}="$d"/$n; fi`,
    'done; done',
    missing(`the archive ${archive} is not there`),
  ].join('\n');
}
