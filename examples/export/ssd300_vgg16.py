"""torchvision's SSD300, with the scores of all classes: python ssd300_vgg16.py ssd300_vgg16.onnx [weights.pth]

torchvision's own export ends in its suppression and keeps one score a box. This one ends where the
network ends: logits [n, 8732, 91] (column 0 is the background) and box offsets [n, 8732, 4].
Without weights they are random. The spec is ssd300_vgg16.json.
"""

import sys

import torch
from torchvision.models.detection import ssd300_vgg16


class ClassScores(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.backbone, self.head = model.backbone, model.head

    def forward(self, images):
        found = self.head(list(self.backbone(images).values()))
        return found["cls_logits"], found["bbox_regression"]


path, *weights = sys.argv[1:]
torch.manual_seed(0)
model = ssd300_vgg16(weights=None, weights_backbone=None, num_classes=91).eval()
if weights:
    model.load_state_dict(torch.load(weights[0], weights_only=True))
torch.onnx.export(
    ClassScores(model),
    (torch.zeros(1, 3, 300, 300),),
    path,
    dynamo=False,
    input_names=["images"],
    output_names=["scores", "boxes"],
    dynamic_axes={"images": {0: "n"}, "scores": {0: "n"}, "boxes": {0: "n"}},
)
