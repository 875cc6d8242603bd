export { createReport } from './create-report.ts';
export type { LayerBoxes } from './layer-boxes.ts';
export type {
  BoxClasses,
  DecidingBox,
  ReportBox,
  ReportShape,
  ReportCell,
  ScoredClass,
  Thumbnail,
} from './report-cell.ts';
export type {
  ChartFilter,
  ReportChart,
  ReportRegion,
  ReportClass,
  ReportOptions,
  ReportStrategy,
  VerdictWords,
} from './report-options.ts';
export type { ClassComparison, ReportComparison } from './report-comparison.ts';
export type { KeptBy, LeftOut, ReportFacts } from './report-facts.ts';
export type { GivenVectors, ReportVectors } from './report-vectors.ts';
export { writeReportFolder } from './write-report-folder.ts';
export type { PlacedThumbnail, ReportFolder, ReportFolderOptions } from './write-report-folder.ts';
