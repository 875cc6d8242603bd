export { createReport } from './create-report.ts';
export type { ReportCell, ReportOptions, Thumbnail } from './create-report.ts';
