"""CLIP's image encoder: python clip_image_encoder.py clip.onnx [openai/clip-vit-base-patch32]

One output [n, 512], the vector of an image in the space that it shares with texts, as
`CLIPModel.get_image_features` gives it: not scaled to length 1. Images are prepared by the preset
"clip" of the spec, clip_image_encoder.json. Without the name or folder of weights they are random,
and two layers deep.
"""

import sys

import torch
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

path, *weights = sys.argv[1:]
torch.manual_seed(0)
if weights:
    model = CLIPVisionModelWithProjection.from_pretrained(weights[0], attn_implementation="eager")
else:
    model = CLIPVisionModelWithProjection(CLIPVisionConfig(num_hidden_layers=2, attn_implementation="eager"))


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, images):
        return self.model(pixel_values=images).image_embeds


torch.onnx.export(
    Encoder(model.eval()),
    (torch.zeros(1, 3, 224, 224),),
    path,
    dynamo=False,
    opset_version=17,
    input_names=["images"],
    output_names=["image_embeds"],
    dynamic_axes={"images": {0: "n"}, "image_embeds": {0: "n"}},
)
