import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What `tsc -p` does in a folder: checks its tsconfig.json's files and writes them as JavaScript.
 * Declarations outside the folder, so of the language and of Node, are read once for all folders,
 * which is most of what tsc does.
 * @throws Error that says what the compiler says, when it says anything.
 */
export function compileProject(folder: string): void {
  const settings = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(settings.config, ts.sys, folder);
  const program = ts.createProgram({ rootNames: fileNames, options, host: createHost(options, folder) });
  const found = [...(settings.error ? [settings.error] : []), ...errors, ...ts.getPreEmitDiagnostics(program)];
  found.push(...program.emit().diagnostics);
  if (found.length > 0) throw new Error(ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(found), said));
}

const said: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => dirname(import.meta.dirname),
  getNewLine: () => '\n',
};

const shared = new Map<string, ts.SourceFile | undefined>();

function createHost(options: ts.CompilerOptions, folder: string): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, language, ...more) => {
    if (name.startsWith(folder)) return read(name, language, ...more);
    // How a file is parsed and bound depends on these settings as well.
    const key = JSON.stringify([name, language, options.strict, options.target, options.module]);
    if (!shared.has(key)) shared.set(key, read(name, language, ...more));
    return shared.get(key);
  };
  return host;
}
