import { basename } from 'node:path';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { isUri } from '../../input/is-uri.ts';

/** A model that statements can name. */
export interface NamedModel {
  readonly name: string;
  /** A spec file, or a URI. */
  readonly place: string;
}

/** Reads `name=spec.json`, and gives a model without a name that of its file; for commander's
 * `argParser`.
 * @example namedModel('models/yolox-nano.json') // { name: 'yolox_nano', place: 'models/yolox-nano.json' }
 */
export function namedModel(text: string): NamedModel {
  const [, given, place = text] = /^([A-Za-z]\w{0,255})=(.+)$/.exec(text) ?? [];
  const name = given ?? nameOf(place);
  if (/^[a-z]\w{0,255}$/i.test(name)) return { name, place };
  throw new InvalidArgumentError('expected name=spec.json, with a name of letters, digits and _, a letter first');
}

/** Adds a model to those before. */
export function addModel(text: string, before: readonly NamedModel[] | undefined): readonly NamedModel[] {
  return [...(before ?? []), namedModel(text)];
}

function nameOf(place: string): string {
  const [, registered] = /^[a-z]+:\/*([^/@]+)/i.exec(isUri(place) ? place : '') ?? [];
  return (registered ?? basename(place).replace(/\.json$/i, '')).replaceAll(/\W/g, '_');
}
