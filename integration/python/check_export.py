"""Class scores of `qualm predict --scores` beside those of the framework that the model is from.

    python check_export.py ssd300_vgg16 image.png scores.npz

Prints, as JSON, how many boxes the file has, and how many of them the framework has too, before any
suppression: within 0.05 pixels, with all scores within 1e-4. Of `qualm embed` the file has a vector,
which counts as the same within 1e-3 of its length.
"""

import json
import sys

import numpy as np
import torch
from PIL import Image


def ssd300_vgg16(image):
    from torchvision.models.detection import ssd300_vgg16
    from torchvision.ops import clip_boxes_to_image
    from torchvision.transforms.functional import pil_to_tensor

    model = ssd300_vgg16(weights=None, weights_backbone=None, num_classes=91).eval()
    images, _ = model.transform([pil_to_tensor(image) / 255])
    features = list(model.backbone(images.tensors).values())
    found = model.head(features)
    (anchors,) = model.anchor_generator(images, features)
    boxes = model.box_coder.decode_single(found["bbox_regression"][0], anchors)
    return clip_boxes_to_image(boxes, images.image_sizes[0]), found["cls_logits"][0].softmax(-1)[:, 1:]


def retinanet_resnet50_fpn(image):
    from torchvision.models.detection import retinanet_resnet50_fpn
    from torchvision.ops import clip_boxes_to_image
    from torchvision.transforms.functional import pil_to_tensor

    model = retinanet_resnet50_fpn(weights=None, weights_backbone=None, num_classes=91, min_size=640, max_size=640).eval()
    images, _ = model.transform([pil_to_tensor(image) / 255])
    features = list(model.backbone(images.tensors).values())
    found = model.head(features)
    (anchors,) = model.anchor_generator(images, features)
    boxes = model.box_coder.decode_single(found["bbox_regression"][0], anchors)
    return clip_boxes_to_image(boxes, images.image_sizes[0]), found["cls_logits"][0].sigmoid()


def fasterrcnn_resnet50_fpn(image):
    from torchvision.models.detection import fasterrcnn_resnet50_fpn
    from torchvision.ops import clip_boxes_to_image
    from torchvision.transforms.functional import pil_to_tensor

    model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=91, min_size=640, max_size=640).eval()
    images, _ = model.transform([pil_to_tensor(image) / 255])
    features, heads = model.backbone(images.tensors), model.roi_heads
    proposals, _ = model.rpn(images, features)
    logits, codes = heads.box_predictor(heads.box_head(heads.box_roi_pool(features, proposals, images.image_sizes)))
    scores = logits.softmax(-1)[:, 1:]
    boxes = clip_boxes_to_image(heads.box_coder.decode(codes, proposals), images.image_sizes[0])
    return boxes[torch.arange(len(scores)), scores.argmax(1) + 1], scores


def rt_detr(image):
    from transformers import RTDetrConfig, RTDetrForObjectDetection, RTDetrImageProcessor, RTDetrResNetConfig
    from transformers.image_transforms import center_to_corners_format

    stages = {"depths": [2, 2, 2, 2], "hidden_sizes": [64, 128, 256, 512]}
    backbone = RTDetrResNetConfig(layer_type="basic", **stages, out_features=["stage2", "stage3", "stage4"])
    small = {"encoder_in_channels": [128, 256, 512], "decoder_layers": 3, "encoder_layers": 1}
    model = RTDetrForObjectDetection(RTDetrConfig(backbone_config=backbone, num_labels=80, **small)).eval()
    torch.nn.init.normal_(model.model.enc_score_head.weight)
    found = model(**RTDetrImageProcessor()(image, return_tensors="pt"))
    width, height = image.size
    boxes = center_to_corners_format(found.pred_boxes[0]) * torch.tensor([width, height, width, height])
    return clipped(boxes, image), found.logits[0].sigmoid()


def ultralytics_yolo(image):
    from ultralytics import YOLO
    from ultralytics.utils.ops import xywh2xyxy

    model = YOLO("yolo11n.yaml").model.eval()
    pixels = torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1)[None] / 255
    rows = model(pixels)[0][0].T
    return clipped(xywh2xyxy(rows[:, :4]), image), rows[:, 4:]


def timm_classifier(image):
    import timm

    model = timm.create_model("resnet18").eval()
    config = timm.data.resolve_model_data_config(model)
    scores = model(timm.data.create_transform(**config, is_training=False)(image)[None]).softmax(-1)
    return torch.tensor([[0, 0, *image.size]], dtype=torch.float32), scores


def clip_image_encoder(image):
    from torchvision.transforms import v2
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection
    from transformers.image_utils import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD

    model = CLIPVisionModelWithProjection(CLIPVisionConfig(num_hidden_layers=2, attn_implementation="eager")).eval()
    # As clip.py of OpenAI does it: transformers puts the middle of an odd height half a pixel higher.
    bicubic = v2.Resize(224, interpolation=v2.InterpolationMode.BICUBIC)
    pixels = v2.functional.pil_to_tensor(v2.CenterCrop(224)(bicubic(image))) / 255
    pixels = v2.functional.normalize(pixels, OPENAI_CLIP_MEAN, OPENAI_CLIP_STD)
    return torch.tensor([[0, 0, *image.size]]), model(pixel_values=pixels[None]).image_embeds


def clipped(boxes, image):
    width, height = image.size
    return torch.stack([boxes[:, 0::2].clamp(0, width), boxes[:, 1::2].clamp(0, height)], -1).flatten(1)


name, path, scores = sys.argv[1:]
torch.manual_seed(0)
with torch.no_grad():
    boxes, wanted = (array.numpy() for array in globals()[name](Image.open(path).convert("RGB")))
found = dict(np.load(scores))
if "embeddings" in found:
    vectors = found["embeddings"]
    near = np.linalg.norm(vectors - wanted, axis=1) < 1e-3 * np.linalg.norm(wanted, axis=1)
    print(json.dumps({"rows": len(vectors), "classes": vectors.shape[1], "same": int(near.sum())}))
    sys.exit()
same = 0
for box, row in zip(found["boxes"], found["scores"]):
    near = np.abs(boxes - box).max(1) < 0.05
    same += bool(near.any()) and bool((np.abs(wanted[near] - row).max(1) < 1e-4).any())
print(json.dumps({"rows": len(found["scores"]), "classes": found["scores"].shape[1], "same": same}))
