"""YOLOX-nano for any number of images in a run: python make-dynamic.py yolox_nano.onnx yolox_nano_dynamic.onnx (wants onnx).

The published file fixes one image in its input, its output and three reshapes to [1, 85, -1].
"""

import sys

import numpy
import onnx
from onnx import numpy_helper

model = onnx.load(sys.argv[1])
for value in [*model.graph.input, *model.graph.output]:
    value.type.tensor_type.shape.dim[0].dim_param = "N"
del model.graph.value_info[:]
reshaped = {node.input[1] for node in model.graph.node if node.op_type == "Reshape"}
for initializer in model.graph.initializer:
    if initializer.name in reshaped:
        shape = numpy_helper.to_array(initializer).copy()
        assert shape.tolist() == [1, 85, -1], shape
        shape[0] = 0  # as many as the input has
        initializer.CopyFrom(numpy_helper.from_array(shape.astype(numpy.int64), initializer.name))
onnx.checker.check_model(model)
onnx.save(model, sys.argv[2])
