export { classColor } from './class-color.ts';
export { classColors } from './class-colors.ts';
export { pictureColors } from './picture-colors.ts';
export type { PictureColors } from './picture-colors.ts';
export { inkOn, luminance } from './color.ts';
export type { Color } from './color.ts';
export { clusterOrder } from './charts/cluster-order.ts';
export { cocoSkeleton } from './coco-skeleton.ts';
export { confidenceBar } from './confidence-bar.ts';
export { cropRegion } from './crop-region.ts';
export { detections } from './detections.ts';
export type { DetectionRow, DetectionsOptions } from './detections.ts';
export { difference } from './difference.ts';
export type { ComparedBox, DifferenceOptions } from './difference.ts';
export type { DisplayList, Fill, Label, LabelLine, Stroke } from './display-list.ts';
export { box, compose, heatmap, keypoints, mask, polygon, style, text } from './layer.ts';
export type {
  BoxLayer,
  BoxLike,
  GroupLayer,
  HeatmapLayer,
  KeypointsLayer,
  Layer,
  MaskLayer,
  Point,
  PolygonLayer,
  TextLayer,
} from './layer.ts';
export { layout } from './layout.ts';
export { loadFont } from './load-font.ts';
export { measureText } from './measure-text.ts';
export { placeTags } from './place-tags.ts';
export type { TagRequest } from './place-tags.ts';
export { renderCanvas } from './render-canvas.ts';
export type { CanvasContext, CanvasOptions } from './render-canvas.ts';
export { renderSvg } from './render-svg.ts';
export { rotatedBox } from './rotated-box.ts';
export type { RotatedBox } from '@qualm/types';
export type {
  Anchor,
  BoxStyle,
  HeatmapStyle,
  KeypointsStyle,
  MaskStyle,
  PolygonStyle,
  Style,
  TagStyle,
  TextStyle,
} from './style.ts';
export { jointsOf } from './shape-layers.ts';
export { toSvg } from './to-svg.ts';
export type { SvgOptions } from './to-svg.ts';
export { valueColor, viridis } from './value-color.ts';
export { fullView } from './view.ts';
export type { Rect, View } from './view.ts';
