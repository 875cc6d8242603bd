"""torchvision's Faster R-CNN, with the scores of all classes:
python fasterrcnn_resnet50_fpn.py fasterrcnn_resnet50_fpn.onnx [weights.pth]

torchvision's own export ends in its suppression and keeps one score a box. This one ends before it:
for each proposal of an image of 640 x 640 logits [proposals, 91] (column 0 is the background) and
a box for every class [proposals, 364]. It takes one image at a time. Without weights they are
random. The spec is fasterrcnn_resnet50_fpn.json.
"""

import sys

import torch
from torchvision.models.detection import fasterrcnn_resnet50_fpn
from torchvision.models.detection.image_list import ImageList


class ClassScores(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, images):
        sizes = [(640, 640)]
        heads, features = self.model.roi_heads, self.model.backbone(images)
        proposals, _ = self.model.rpn(ImageList(images, sizes), features)
        pooled = heads.box_head(heads.box_roi_pool(features, proposals, sizes))
        logits, boxes = heads.box_predictor(pooled)
        return logits, boxes, proposals[0]


path, *weights = sys.argv[1:]
torch.manual_seed(0)
model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=91).eval()
if weights:
    model.load_state_dict(torch.load(weights[0], weights_only=True))
torch.onnx.export(
    ClassScores(model),
    (torch.zeros(1, 3, 640, 640),),
    path,
    dynamo=False,
    opset_version=17,
    input_names=["images"],
    output_names=["logits", "boxes", "proposals"],
    dynamic_axes={"logits": {0: "proposals"}, "boxes": {0: "proposals"}, "proposals": {0: "proposals"}},
)
