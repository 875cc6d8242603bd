"""torchvision's RetinaNet, with the scores of all classes:
python retinanet_resnet50_fpn.py retinanet_resnet50_fpn.onnx [weights.pth]

torchvision's own export ends in its suppression and keeps one score a box. This one ends where the
network ends: logits [n, 76725, 91], which need a sigmoid, and box offsets [n, 76725, 4] of an input of
640 x 640. Without weights they are random. The spec is retinanet_resnet50_fpn.json.
"""

import sys

import torch
from torchvision.models.detection import retinanet_resnet50_fpn


class ClassScores(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.backbone, self.head = model.backbone, model.head

    def forward(self, images):
        found = self.head(list(self.backbone(images).values()))
        return found["cls_logits"], found["bbox_regression"]


path, *weights = sys.argv[1:]
torch.manual_seed(0)
model = retinanet_resnet50_fpn(weights=None, weights_backbone=None, num_classes=91).eval()
if weights:
    model.load_state_dict(torch.load(weights[0], weights_only=True))
torch.onnx.export(
    ClassScores(model),
    (torch.zeros(1, 3, 640, 640),),
    path,
    dynamo=False,
    input_names=["images"],
    output_names=["scores", "boxes"],
    dynamic_axes={"images": {0: "n"}, "scores": {0: "n"}, "boxes": {0: "n"}},
)
