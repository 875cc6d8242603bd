"""A classifier of timm: python timm_classifier.py resnet18 resnet18.onnx [weights.pth]

Logits [n, classes], which need a softmax. Prints how timm prepares images for it: size, crop,
interpolation, mean and std, which are the spec's `input`. Without weights they are random. The spec
of resnet18 is timm_classifier.json.
"""

import json
import sys

import timm
import torch

name, path, *weights = sys.argv[1:]
torch.manual_seed(0)
model = timm.create_model(name, checkpoint_path=weights[0] if weights else "").eval()
config = timm.data.resolve_model_data_config(model)
torch.onnx.export(
    model,
    (torch.zeros(1, *config["input_size"]),),
    path,
    dynamo=False,
    input_names=["images"],
    output_names=["logits"],
    dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}},
)
print(json.dumps(config, default=list))
