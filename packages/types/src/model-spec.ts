import type { HeadForm } from './detections.ts';
import type { Size } from './geometry.ts';
import type { Label } from './label.ts';
import type { ScoreKind } from './score-kind.ts';
import type { DType } from './tensor.ts';

/** How pixels become the input tensor. Arithmetic is `(value - mean) / std` on values 0..255, channel by channel. */
export interface InputSpec {
  /** The input's name; the model's only input when absent. */
  readonly name?: string;
  readonly size: Size;
  readonly layout: 'nchw' | 'nhwc';
  readonly dtype: Extract<DType, 'float32' | 'uint8' | 'int32'>;
  readonly channels: 'rgb' | 'bgr';
  readonly resize:
    | { readonly mode: 'stretch' }
    | {
        readonly mode: 'letterbox';
        readonly anchor: 'center' | 'top-left';
        /** Value 0..255 around the image, before normalisation. */
        readonly pad: number;
      };
  /** The resampling filter. */
  readonly filter?: 'bilinear' | 'bicubic' | 'lanczos3' | 'nearest';
  /** Per channel in the order of `channels`, in units of 0..255. */
  readonly mean?: readonly [number, number, number];
  readonly std?: readonly [number, number, number];
  /** Images in one run: a number where the model was exported with a fixed batch, else free. */
  readonly batch?: number;
}

/** Non-maximum suppression and what is kept; each head has its own defaults. */
export interface SelectionSpec {
  /** Class scores at or below this are dropped before suppression. */
  readonly scoreThreshold?: number;
  /** Boxes of one class that overlap more than this are suppressed. */
  readonly iouThreshold?: number;
  /** Candidates per class before suppression. */
  readonly maxCandidates?: number;
  /** Detections per image after suppression. */
  readonly maxDetections?: number;
  /** `drop` keeps an anchor once, by its best class; `keep` lets it stand once for each class that it passes, as torchvision does. */
  readonly duplicates?: 'drop' | 'keep';
  /** Detections below this are left out after suppression; class scores are never left out by it. */
  readonly minScore?: number;
}

/** Anchors of an SSD: drawn by torchvision's rule, listed, or an output of the model. */
export type AnchorSpec =
  | { readonly output: string; readonly format: 'xyxy' | 'cxcywh' | 'yxyx' }
  | {
      /** Torchvision's DefaultBoxGenerator, relative to the input. */
      readonly generator: 'default-boxes';
      readonly featureMaps: readonly (readonly [height: number, width: number])[];
      readonly aspectRatios: readonly (readonly number[])[];
      readonly scales: readonly number[];
      readonly steps: readonly number[];
      readonly clip?: boolean;
    };

export interface SsdHeadSpec extends SelectionSpec {
  readonly type: 'ssd';
  readonly outputs: { readonly scores: string; readonly boxes: string };
  /** What has to be applied to the scores: nothing, where the model ends in it. */
  readonly activation: 'softmax' | 'sigmoid' | 'none';
  /** Column 0 of the scores is the background. */
  readonly background: boolean;
  /** How boxes are coded: `center-size` is the BoxCoder of Faster R-CNN (dx, dy, dw, dh; for TF dy, dx, dh, dw);
   * `corner-offset` is offset * (w, h, w, h) + anchor; `decoded` needs no anchors. */
  readonly boxEncoding:
    | {
        readonly type: 'center-size';
        readonly order: 'xywh' | 'yxhw';
        readonly weights: readonly [number, number, number, number];
      }
    | { readonly type: 'corner-offset' }
    | {
        readonly type: 'decoded';
        readonly format: 'xyxy' | 'yxyx';
        /** `relative` to the input (0..1), which is what is meant when absent, or the input's `pixels`. */
        readonly units?: 'relative' | 'pixels';
      };
  readonly anchors?: AnchorSpec;
}

export interface YoloxHeadSpec extends SelectionSpec {
  readonly type: 'yolox';
  readonly outputs: { readonly predictions: string };
  readonly strides: readonly number[];
}

export interface Yolov8HeadSpec extends SelectionSpec {
  readonly type: 'yolov8';
  /** [n, 4 + classes, anchors]: cx, cy, w, h in input pixels, then class scores. */
  readonly outputs: { readonly predictions: string };
  /** What has to be applied to the scores: `none`, meant when absent, where the model ends in its sigmoid. */
  readonly activation?: 'sigmoid' | 'none';
  /** Rows after the class scores that are left out; 0 when absent, 32 for the mask coefficients of a segmentation export. */
  readonly extraRows?: number;
}

export interface NanodetHeadSpec extends SelectionSpec {
  readonly type: 'nanodet';
  /** One of each per stride. */
  readonly outputs: { readonly scores: readonly string[]; readonly distances: readonly string[] };
  readonly strides: readonly number[];
}

export interface FastestdetHeadSpec extends SelectionSpec {
  readonly type: 'fastestdet';
  readonly outputs: { readonly predictions: string };
}

export interface CenternetHeadSpec extends SelectionSpec {
  readonly type: 'centernet';
  /** Class heat map and box sizes; the centres' offsets where the model has them. */
  readonly outputs: { readonly heatmap: string; readonly sizes: string; readonly offsets?: string };
  readonly layout: 'nchw' | 'nhwc';
  readonly activation: 'sigmoid' | 'none';
  /** What `sizes` holds: `size`, meant when absent, is width and height in cells, around the centre; `sides` is the
   * distances from the cell's upper left corner to the left, top, right and bottom in input pixels, as TTFNet has it. */
  readonly boxEncoding?: 'size' | 'sides';
}

export interface ClassifierHeadSpec {
  readonly type: 'classifier';
  readonly outputs: { readonly scores: string };
  readonly activation: 'softmax' | 'sigmoid' | 'none';
}

/** Which head reads the raw outputs, and with which options. */
export type HeadSpec =
  | SsdHeadSpec
  | YoloxHeadSpec
  | Yolov8HeadSpec
  | NanodetHeadSpec
  | FastestdetHeadSpec
  | CenternetHeadSpec
  | ClassifierHeadSpec;

/** Everything that is needed to run a model, as JSON. A registry resolves a URI to one; a person may write one by hand. */
export interface ModelSpec {
  readonly $schema?: string;
  readonly specVersion: 1;
  readonly name: string;
  readonly description?: string;
  readonly license?: string;
  /** Which backend runs it: `onnx`, `tfjs`, or the name of one that you bring. */
  readonly flavor: string;
  /** Paths relative to the spec's folder (or to the folder given at loading), which they cannot leave. */
  readonly files: { readonly model: string };
  readonly input: InputSpec;
  readonly head: HeadSpec;
  /** What the model is registered to give, where nobody asks for another: `class_scores` when absent. */
  readonly form?: HeadForm;
  /** Whether the class scores of a row are one distribution, or each a yes or no of its own: `scoreKindOf` says it when absent. */
  readonly scoreKind?: ScoreKind;
  /** One for each foreground column of the scores, in the model's order. */
  readonly labels: readonly Label[];
  readonly backendOptions?: Readonly<Record<string, unknown>>;
}
