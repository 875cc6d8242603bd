import { dirname } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ExternalFile } from './external-files.ts';
import { foreignModel } from './foreign-model.ts';
import { reasonOf } from './reason-of.ts';

/** What the error of a runtime that cannot open a model is made of. */
export interface FailedModel {
  readonly model: string;
  /** The runtime as people know it: `onnxruntime-node 1.29.0`. */
  readonly runtime: string;
  readonly files: readonly ExternalFile[];
  readonly isLinkedOut: boolean;
}

/** Why a model cannot be opened, with what to do: its weights are not there, or behind a link; it
 * is too new for the runtime; it is something else.
 */
export async function modelError(failed: FailedModel, cause: unknown): Promise<QualmError> {
  const { model } = failed;
  const known = weightsError(failed, cause);
  if (known) return known;
  const reason = reasonOf(cause);
  const why = (await foreignModel(model)) ?? tooNew(reason, failed.runtime) ?? noModel(reason) ?? reason;
  return new QualmError('model-invalid', `load: "${model}" cannot be read: ${why}`, { cause });
}

function weightsError({ model, files, isLinkedOut }: FailedModel, cause: unknown): QualmError | null {
  const outside = files.find(({ leaves }) => leaves);
  if (outside) {
    const message = `load: "${model}" keeps weights in "${outside.location}", which leaves its folder; expected a file beside it`;
    return new QualmError('path-outside', message, { cause });
  }
  const missing = files.filter(({ real }) => real === null).map(({ location }) => `"${location}"`);
  if (missing.length > 0) {
    const lies = missing.length === 1 ? 'which is' : 'which are';
    const message =
      `load: "${model}" keeps weights in ${missing.join(', ')}, ${lies} not in ${dirname(model)}; ` +
      'put it there: it comes with the .onnx file, under the name that it was exported with';
    return new QualmError('model-missing', message, { cause });
  }
  if (!isLinkedOut) return null;
  const message = `load: the weights of "${model}" are links, or behind one, that lead out of its folder; expected the files themselves`;
  return new QualmError('path-outside', message, { cause });
}

/** What ONNX Runtime says of a model that is newer than it, with what to do. */
function tooNew(reason: string, runtime: string): string | null {
  const upgrade = 'or install a newer onnxruntime-node';
  const [, ir, mostIr] = /Unsupported model IR version: (\d+), max supported IR version: (\d+)/.exec(reason) ?? [];
  if (ir !== undefined) {
    return `its IR version is ${ir}, ${runtime} reads up to ${mostIr}; save it with an older one (onnx: model.ir_version = ${mostIr}), ${upgrade}`;
  }
  const [, opset, domain, mostOpset] =
    /Opset (\d+) is under development .*official support for domain (\S+) is till opset (\d+)/.exec(reason) ?? [];
  if (opset !== undefined) {
    return `it needs opset ${opset} of ${domain}, ${runtime} has up to ${mostOpset}; export it with opset_version=${mostOpset} or lower, ${upgrade}`;
  }
  const [, operator, foreign] =
    /No Op registered for (\S+ with domain_version of \d+)|(\S+)\(-?\d+\) is not a registered function/.exec(reason) ??
    [];
  if (operator !== undefined || foreign !== undefined) {
    const name = operator?.replace(/ with domain_version of (\d+)/, '" of opset $1') ?? `${foreign}"`;
    return `it needs the operator "${name}, which ${runtime} lacks; export it without, or with another opset, ${upgrade}`;
  }
  return null;
}

/** What ONNX Runtime says of bytes that are no model, or the beginning of one. */
function noModel(reason: string): string | null {
  if (!/Protobuf parsing failed|ModelProto does not have a graph/.test(reason)) return null;
  return 'it is not an ONNX model, or only a part of one; export it, copy it or download it again';
}
