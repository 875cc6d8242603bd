export {
  box,
  classColor,
  classColors,
  compose,
  detections,
  fullView,
  inkOn,
  layout,
  luminance,
  mask,
  measureText,
  polygon,
  renderSvg,
  style,
  text,
  toSvg,
  valueColor,
  viridis,
} from './svg.ts';
export type {
  Anchor,
  BoxLayer,
  BoxLike,
  BoxStyle,
  Color,
  DetectionRow,
  DetectionsOptions,
  DisplayList,
  Fill,
  GroupLayer,
  Label,
  LabelLine,
  Layer,
  MaskLayer,
  MaskStyle,
  Point,
  PolygonLayer,
  PolygonStyle,
  Rect,
  Stroke,
  Style,
  SvgOptions,
  TagStyle,
  TextLayer,
  TextStyle,
  View,
} from './svg.ts';
export type { ContactCell } from './contact-cell.ts';
export { contactSheet } from './contact-sheet.ts';
export type { ContactSheetOptions } from './contact-sheet.ts';
export type { DrawOptions } from './draw.ts';
export type { Pixels } from './pixels.ts';
export { renderCrop } from './render-crop.ts';
export type { CropOptions } from './render-crop.ts';
export { render } from './render.ts';
export type { RenderOptions } from './render.ts';
