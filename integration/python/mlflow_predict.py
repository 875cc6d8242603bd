"""Loads models by mlflow.onnx and mlflow.pyfunc, and prints what both say of an input: a list, in the models' order.

mlflow_predict.py <tracking uri> <input file: JSON of {name: {dtype, shape, data}}> <model uri>...
"""

import json
import sys

import mlflow
import mlflow.onnx
import mlflow.pyfunc
import numpy as np
import onnxruntime

tracking, path, *uris = sys.argv[1:]
mlflow.set_tracking_uri(tracking)
with open(path) as file:
    inputs = {
        name: np.array(tensor["data"], tensor["dtype"]).reshape(tensor["shape"])
        for name, tensor in json.load(file).items()
    }


def predictions(uri):
    model = mlflow.onnx.load_model(uri)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    direct = dict(zip(names, session.run(None, inputs)))
    loaded = mlflow.pyfunc.load_model(uri)
    served = loaded.predict(inputs)
    signature = loaded.metadata.signature
    return {
        "direct": {name: value.ravel().tolist() for name, value in direct.items()},
        "served": {name: np.asarray(value).ravel().tolist() for name, value in served.items()},
        "inputs": signature.inputs.to_dict() if signature else None,
        "metadata": loaded.metadata.metadata,
        "flavors": sorted(loaded.metadata.flavors),
    }


print(json.dumps([predictions(uri) for uri in uris]))
