"""Logs an ONNX file by mlflow.onnx and registers it, as a notebook does; prints what Python's client then says of it.

mlflow_log.py <tracking uri> <onnx file> <spec file> <registered name> [--infer]

With --infer the signature is inferred from arrays, whose tensors have no names.
"""

import contextlib
import json
import sys

import mlflow
import mlflow.onnx
import numpy as np
import onnx
from mlflow.models import ModelSignature, infer_signature
from mlflow.types import Schema, TensorSpec

uri, path, spec, name, *options = sys.argv[1:]
mlflow.set_tracking_uri(uri)
model = onnx.load(path)


def tensors(values):
    names = {1: "float32", 2: "uint8", 7: "int64"}
    return Schema(
        [
            TensorSpec(
                np.dtype(names[value.type.tensor_type.elem_type]),
                tuple(d.dim_value if d.HasField("dim_value") else -1 for d in value.type.tensor_type.shape.dim),
                value.name,
            )
            for value in values
        ]
    )


if "--infer" in options:
    image = np.zeros((1, 3, 8, 8), np.float32)
    signature = infer_signature(image, np.zeros((1, 3), np.float32))
else:
    signature = ModelSignature(tensors(model.graph.input), tensors(model.graph.output))
with open(spec) as file:
    metadata = {"qualm": json.load(file)}
where = {"name": "model"} if mlflow.__version__.startswith("3") else {"artifact_path": "model"}
# MLflow prints links on stdout.
with contextlib.redirect_stdout(sys.stderr), mlflow.start_run() as run:
    mlflow.log_param("lr", "0.1")
    # Requirements are given, since MLflow finds them by loading the model in a process of its own.
    info = mlflow.onnx.log_model(
        model,
        signature=signature,
        metadata=metadata,
        registered_model_name=name,
        pip_requirements=["onnx", "onnxruntime"],
        **where,
    )
client = mlflow.MlflowClient()
client.set_registered_model_alias(name, "python", info.registered_model_version)
print(json.dumps({"uri": info.model_uri, "run": run.info.run_id, "version": int(info.registered_model_version)}))
