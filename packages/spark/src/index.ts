export type { Bundle, BundlePlatform, ModelBundle, WorkerBundle } from './bundle/bundle.ts';
export { bundleModel } from './bundle/bundle-model.ts';
export { bundleWorker } from './bundle/bundle-worker.ts';
export type { BundleWorkerOptions } from './bundle/bundle-worker.ts';
export { connect } from './connect/connect.ts';
export type { ConnectOptions } from './connect/connect-options.ts';
export { SparkError } from './connect/spark-error.ts';
export type {
  SparkColumn,
  SparkParameter,
  SparkProgress,
  SparkResult,
  SparkSession,
  SparkSqlOptions,
  SparkStage,
  Upload,
  UploadArchiveOptions,
  UploadOptions,
  UploadSource,
} from './connect/spark-session.ts';
export { createSpark } from './create-spark.ts';
export type { SparkOptions } from './create-spark.ts';
export type { FolderSource, SparkModel, WorkerSource } from './models/spark-model.ts';
export type { PredictedTable, PredictOptions, PredictProgress } from './predict/predict-options.ts';
export type { SparkRankOptions } from './predict/rank-table.ts';
export type { SparkCheck, SparkReport } from './doctor/doctor-report.ts';
export type { ExamineSparkOptions, Spark } from './spark.ts';
export type { SparkAggregation } from './texts/rank-text.ts';
export { sparkStrategyNames, strategyExpression } from './texts/strategy-expressions.ts';
export type { SparkStrategyName } from './texts/strategy-expressions.ts';
