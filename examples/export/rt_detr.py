"""RT-DETR of Hugging Face: python rt_detr.py rt_detr.onnx [folder or name of from_pretrained]

Logits [n, 300, 80], which need a sigmoid, and boxes [n, 300, 4]: cx, cy, w, h from 0 to 1. D-FINE
and RT-DETRv2 export in the same way. Without weights they are random, of a small model. The spec is
rt_detr.json.
"""

import sys

import torch
from transformers import RTDetrConfig, RTDetrForObjectDetection, RTDetrResNetConfig


class Outputs(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, images):
        found = self.model(pixel_values=images)
        return found.logits, found.pred_boxes


path, *weights = sys.argv[1:]
torch.manual_seed(0)
if weights:
    model = RTDetrForObjectDetection.from_pretrained(weights[0])
else:
    stages = {"depths": [2, 2, 2, 2], "hidden_sizes": [64, 128, 256, 512]}
    backbone = RTDetrResNetConfig(layer_type="basic", **stages, out_features=["stage2", "stage3", "stage4"])
    small = {"encoder_in_channels": [128, 256, 512], "decoder_layers": 3, "encoder_layers": 1}
    model = RTDetrForObjectDetection(RTDetrConfig(backbone_config=backbone, num_labels=80, **small))
    # The 300 best of 8,400 are chosen by these scores, which begin nearly equal.
    torch.nn.init.normal_(model.model.enc_score_head.weight)
torch.onnx.export(
    Outputs(model.eval()),
    (torch.zeros(1, 3, 640, 640),),
    path,
    dynamo=False,
    opset_version=17,
    input_names=["images"],
    output_names=["logits", "pred_boxes"],
    dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}, "pred_boxes": {0: "n"}},
)
