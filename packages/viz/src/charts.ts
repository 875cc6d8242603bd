export { learningCurves } from './charts/learning-curves.ts';
export type { LearningCurvesOptions } from './charts/learning-curves.ts';
export type { CurvePoint } from './charts/mean-curves.ts';
export { svgToPng } from './charts/svg-to-png.ts';
