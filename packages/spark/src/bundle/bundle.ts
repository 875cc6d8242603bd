/** Where a worker's bundle runs: Linux with glibc, as Spark's images have it. */
export type BundlePlatform = 'linux-x64' | 'linux-arm64';

export const bundlePlatforms: readonly BundlePlatform[] = ['linux-x64', 'linux-arm64'];

/** An archive that tasks of a cluster unpack. */
export interface Bundle {
  /** Its absolute path: `qualm-<hash>.tgz`. */
  readonly path: string;
  /** The folder in it, which is called like it. */
  readonly name: string;
  /** Bytes of the archive. */
  readonly bytes: number;
}

/** The archive of a worker. */
export interface WorkerBundle extends Bundle {
  readonly platform: BundlePlatform;
  /** The version of Node in it: `22.23.5`. */
  readonly node: string;
}

/** The archive of a model. */
export interface ModelBundle extends Bundle {
  /** What `modelFingerprint` gives of the model: the `hash` that workers are to hold it against. */
  readonly hash: string;
}
