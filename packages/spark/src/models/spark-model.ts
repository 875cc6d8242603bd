import type { OutputForm, ShapeKind } from '@qualm/types';

/** Where a folder comes from that tasks read. */
export type FolderSource =
  | {
      /** An archive (.tgz) on this machine, which is sent to the session. Its name is the name of
       * the folder, so it has a hash of what is in it.
       */
      readonly upload: string;
    }
  | {
      /** The folder of an archive that the server was started with: of
       * `--archives bundle.tgz#qualm-1a2b`, `qualm-1a2b`.
       */
      readonly archive: string;
    }
  | {
      /** A folder that is on each executor's machine. */
      readonly path: string;
    };

/** Where executors have the worker from: a bundle of `qualm bundle`, or a command of the shell that
 * runs `qualm-worker` where it is installed, as in an image of your own.
 */
export type WorkerSource = FolderSource | { readonly command: string };

/** A model as the workers of a Spark open it. */
export interface SparkModel {
  /** The folder that its spec is in; null where `spec` is a place that executors reach by itself.
   */
  readonly folder?: FolderSource | null;
  /** The spec's file in that folder, or else a path or a URI, as executors see it. */
  readonly spec: string;
  /** The identity of the model (`qualm models`); workers refuse another. */
  readonly hash?: string;
  /** What it gives: `class_scores` by default. */
  readonly form?: OutputForm;
  /** What stands beside each box. */
  readonly shapes?: readonly ShapeKind[];
}
