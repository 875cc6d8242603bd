export type { ServedPicture } from './serve/report-app.ts';
export { serveReport } from './serve/serve-report.ts';
export type { ReportServer, ServeReportOptions } from './serve/serve-report.ts';
