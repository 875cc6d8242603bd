import { assertOptions, assertString, assertWhole } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the method, the argument, what
 * came and what was expected.
 */
export function assertModelUri(where: string, uri: unknown, options: unknown = {}): void {
  assertString(where, 'its URI', uri, "a model URI, such as 'mlflow:/ssd'");
  assertAsked(where, options);
}

export function assertName(where: string, name: unknown, options: unknown = {}): void {
  assertString(where, 'its name', name, "the name of a model, such as 'ssd'");
  assertAsked(where, options);
}

export function assertAlias(where: string, name: unknown, alias: unknown, options: unknown = {}): void {
  assertName(where, name, options);
  assertString(where, 'its alias', alias, "an alias, such as 'champion'");
}

export function assertVersion(where: string, version: unknown): void {
  assertWhole(where, 'its version', version, 1);
}

export function assertAsked(where: string, options: unknown = {}): void {
  assertOptions(where, options, '{ signal }');
}

export function assertLogged(options: unknown): void {
  assertOptions('logModel', options, "{ files: { 'ssd.onnx': '/models/ssd.onnx' }, spec }");
  const { files, spec } = options as { files?: unknown; spec?: unknown };
  assertOptions('logModel', files, "{ 'ssd.onnx': '/models/ssd.onnx' }", 'files');
  for (const path of Object.values(files as object))
    assertString('logModel', 'a file', path, "a path, such as '/models/ssd.onnx'");
  assertOptions('logModel', spec, "what readModelSpec gives: (await readModelSpec('model.json')).spec", 'spec');
}
