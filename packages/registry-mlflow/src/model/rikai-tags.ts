import { assertOptions } from '@qualm/types';
import type { Tags } from '../stores/entities.ts';

/** What Rikai wrote into the tags of a model. */
export interface RikaiModel {
  readonly specVersion: string | null;
  /** `pytorch`, `tensorflow`, `sklearn`, `onnx`. */
  readonly flavor: string | null;
  /** Such as `ssd`, `ssd_class_scores`, or the dotted name of a Python module. */
  readonly modelType: string | null;
  /** Spark's name of the output type: `array<struct<box:box2d, score:float, label_id:int>>`. */
  readonly schema: string | null;
  readonly artifactPath: string | null;
  /** The dotted name of the Python function that gives labels. */
  readonly labelFunction: string | null;
  /** A file of labels. It is shown, never fetched. */
  readonly labelUri: string | null;
  readonly options: Tags;
  /** Transforms of older models: dotted names of Python functions. */
  readonly transforms: { readonly pre: string | null; readonly post: string | null };
}

/** What Rikai's tags say, those of older versions too; null where there are none.
 * @see https://github.com/eto-ai/rikai (python/rikai/spark/sql/codegen/mlflow_logger.py)
 */
export function readRikaiTags(tags: Tags): RikaiModel | null {
  assertOptions('readRikaiTags', tags, "{ 'rikai.model.flavor': 'onnx' }", 'its tags');
  const tag = (...keys: string[]): string | null =>
    keys.map((key) => tags[key]).find((value) => value !== undefined) ?? null;
  if (!Object.keys(tags).some((key) => key.startsWith('rikai.'))) return null;
  const prefix = 'rikai.option.';
  const options = Object.entries(tags).filter(([key]) => key.startsWith(prefix));
  return {
    specVersion: tag('rikai.spec.version'),
    flavor: tag('rikai.model.flavor'),
    modelType: tag('rikai.model.type', 'rikai.model.model_type'),
    schema: tag('rikai.output.schema'),
    artifactPath: tag('rikai.model.artifact_path'),
    labelFunction: tag('rikai.model.label_func'),
    labelUri: tag('rikai.model.label_uri'),
    options: Object.fromEntries(options.map(([key, value]) => [key.slice(prefix.length), value])),
    transforms: { pre: tag('rikai.transforms.pre'), post: tag('rikai.transforms.post') },
  };
}
