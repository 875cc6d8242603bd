export {
  box,
  classColor,
  classColors,
  clusterOrder,
  cocoSkeleton,
  compose,
  confidenceBar,
  cropRegion,
  detections,
  difference,
  fullView,
  heatmap,
  inkOn,
  jointsOf,
  keypoints,
  layout,
  loadFont,
  luminance,
  mask,
  measureText,
  pictureColors,
  placeTags,
  polygon,
  renderCanvas,
  renderSvg,
  rotatedBox,
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
  CanvasContext,
  CanvasOptions,
  Color,
  ComparedBox,
  DetectionRow,
  DetectionsOptions,
  DifferenceOptions,
  DisplayList,
  Fill,
  GroupLayer,
  HeatmapLayer,
  HeatmapStyle,
  KeypointsLayer,
  KeypointsStyle,
  Label,
  LabelLine,
  Layer,
  MaskLayer,
  MaskStyle,
  PictureColors,
  Point,
  PolygonLayer,
  PolygonStyle,
  Rect,
  RotatedBox,
  Stroke,
  Style,
  SvgOptions,
  TagRequest,
  TagStyle,
  TextLayer,
  TextStyle,
  View,
} from './svg.ts';
export type { ContactCell } from './contact-cell.ts';
export { describePicture } from './describe/describe-picture.ts';
export type { DescribeOptions } from './describe/describe-picture.ts';
export { svgToPng } from './svg-to-png.ts';
export { terminalPicture } from './terminal-picture.ts';
export type { TerminalGraphics, TerminalPictureOptions } from './terminal-picture.ts';
export { contactSheet } from './contact-sheet.ts';
export type { ContactSheetOptions } from './contact-sheet.ts';
export type { DrawOptions } from './draw.ts';
export { fontsFor } from './fonts-for.ts';
export type { FontsForOptions, FoundFonts } from './fonts-for.ts';
export type { Pixels } from './pixels.ts';
export { renderCrop } from './render-crop.ts';
export type { CropOptions } from './render-crop.ts';
export { renderCrops } from './render-crops.ts';
export type { Crop, CropsOptions } from './render-crops.ts';
export { render } from './render.ts';
export type { RenderOptions } from './render.ts';
