import { modelSpecSchema } from './model-spec-schema.ts';
import { brief } from './schema-faults.ts';

/** What is wrong with a path that has to stay in its folder, as `files.model` has to; null where
 * nothing is.
 * @param wanted what was expected: `a path relative to the folder of the spec`
 */
export function pathFault(where: string, path: string, wanted: string): string | null {
  if (new RegExp(modelSpecSchema.properties.files.properties.model.pattern, 'u').test(path)) return null;
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path))
    return `${where} is the address ${brief(path)}, expected ${wanted}; download it first`;
  if (/^\/|^[a-z]:/i.test(path)) return `${where} is the absolute path ${brief(path)}, expected ${wanted}`;
  return `${where} is ${brief(path)}, expected ${wanted}, with forward slashes and no ".."`;
}
