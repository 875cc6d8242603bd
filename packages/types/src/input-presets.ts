import type { InputSpec } from './model-spec.ts';
import type { Size } from './geometry.ts';

/** What a preset gives: all that the way a model was trained decides of its pixels. */
export type PresetInput = Required<Pick<InputSpec, 'channels' | 'resize' | 'filter' | 'mean' | 'std'>>;

type Normalisation = Pick<PresetInput, 'mean' | 'std'>;

const imagenet: Normalisation = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };

const clip: Normalisation = {
  mean: [122.7709383, 116.7460125, 104.09373615],
  std: [68.5005327, 66.6321579, 70.32316305],
};

/** torchvision's `ImageClassification`: `Resize(256)` and `CenterCrop(224)` of Pillow's images. Of
 * inputs of other sizes as much larger; weights that were evaluated with another `resize_size` say
 * their own `resize`.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/transforms/_presets.py
 */
function imagenetTorchvision(size: Size): PresetInput {
  return { channels: 'rgb', resize: cropOf(size, 0.875), filter: 'bilinear', ...imagenet };
}

/** timm's defaults: `crop_pct` of 0.875, bicubic. DINOv2's evaluation is the same. Models with
 * another `crop_pct` say their own `resize`.
 * @see https://github.com/huggingface/pytorch-image-models/blob/main/timm/data/transforms_factory.py
 */
function imagenetTimm(size: Size): PresetInput {
  return { channels: 'rgb', resize: cropOf(size, 0.875), filter: 'bicubic', ...imagenet };
}

/** @see https://github.com/openai/CLIP/blob/main/clip/clip.py, `_transform` */
function clipOf(size: Size): PresetInput {
  return { channels: 'rgb', resize: cropOf(size, 1), filter: 'bicubic', ...clip };
}

/** @see https://github.com/Megvii-BaseDetection/YOLOX/blob/main/yolox/data/data_augment.py, `preproc` */
function yolox(): PresetInput {
  return {
    channels: 'bgr',
    resize: { mode: 'letterbox', anchor: 'top-left', pad: 114 },
    filter: 'opencv-linear',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  };
}

/** @see https://github.com/ultralytics/ultralytics/blob/main/ultralytics/data/augment.py, `LetterBox` */
function ultralytics(): PresetInput {
  return {
    channels: 'rgb',
    resize: { mode: 'letterbox', anchor: 'center', pad: 114, rounding: 'nearest' },
    filter: 'opencv-linear',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  };
}

function cropOf({ width, height }: Size, fraction: number): PresetInput['resize'] {
  return { mode: 'crop', shortSide: Math.floor(Math.max(width, height) / fraction) };
}

const presets = {
  'imagenet-torchvision': imagenetTorchvision,
  'imagenet-timm-bicubic': imagenetTimm,
  clip: clipOf,
  yolox,
  ultralytics,
} as const satisfies Readonly<Record<string, (size: Size) => PresetInput>>;

/** The presets that a spec's `input.preset` may name. */
export const inputPresetNames: readonly string[] = Object.keys(presets);

/** What a preset gives an input of a size, in pixels; null where there is no preset of that name.
 * @example inputPreset('clip', { width: 224, height: 224 })?.filter // 'bicubic'
 */
export function inputPreset(name: unknown, size: Size): PresetInput | null {
  return typeof name === 'string' && Object.hasOwn(presets, name) ? presets[name as keyof typeof presets](size) : null;
}
