"""The network of a TF.js graph model as TensorFlow's own GraphDef.

Usage: tfjs_graph.py model.json FOLDER INPUT OUTPUT... writes it as a SavedModel.
"""

import base64
import json
import pathlib
import sys

import numpy as np
import tensorflow as tf
from google.protobuf import json_format


def graph_def(model_json):
    """Nodes as they are, weights as constants, and images as int32, as TF.js has them."""
    path = pathlib.Path(model_json)
    model = json.loads(path.read_text())
    weights = dict(read_weights(path.parent, model["weightsManifest"]))
    nodes = model["modelTopology"]["node"]
    for node in nodes:
        if node["name"] in weights:
            node["attr"].pop("value", None)
        for attribute in node["attr"].values():
            if isinstance(attribute.get("s"), list):
                attribute["s"] = base64.b64encode(bytes(attribute["s"])).decode()
    graph = json_format.ParseDict({"node": nodes}, tf.compat.v1.GraphDef())
    placeholders = {node.name for node in graph.node if node.op == "Placeholder"}
    for node in graph.node:
        if node.name in weights:
            node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(weights[node.name]))
        if node.op == "Placeholder":
            node.attr["dtype"].type = tf.int32.as_datatype_enum
        if node.op == "Cast" and placeholders.intersection(node.input):
            node.attr["SrcT"].type = tf.int32.as_datatype_enum
    return graph


def read_weights(folder, manifest):
    for group in manifest:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for weight in group["weights"]:
            dtype, count = np.dtype(weight["dtype"]), int(np.prod(weight["shape"], dtype=np.int64))
            yield weight["name"], np.frombuffer(data, dtype, count, at).reshape(weight["shape"])
            at += count * dtype.itemsize
        assert at == len(data), "the weights are not all of the file"


def session_of(model_json, config=None):
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(graph_def(model_json), name="")
    return tf.compat.v1.Session(graph=graph, config=config)


if __name__ == "__main__":
    _, model, folder, source, *results = sys.argv
    with session_of(model) as session:
        tensor = session.graph.get_tensor_by_name
        tf.compat.v1.saved_model.simple_save(
            session,
            folder,
            inputs={"input": tensor(f"{source}:0")},
            outputs={f"output{at}": tensor(f"{name}:0") for at, name in enumerate(results)},
        )
