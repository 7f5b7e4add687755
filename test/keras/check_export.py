"""Loads exported models in Keras and prints what they give: lines of JSON in, one line of JSON out.

Each case: {"file", "x": a list of inputs, "python": folder of custom_connected.py or null}
"""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402



def classes(model):
    """Of all layers, those of models inside too."""
    return [name for layer in model.layers for name in (classes(layer) if hasattr(layer, "layers") else [type(layer).__name__])]


results = []
for case in json.load(sys.stdin):
    if case["python"] is not None:
        sys.path.insert(0, case["python"])
        import custom_connected  # noqa: F401
    model = keras.saving.load_model(case["file"], compile=False)
    x = [np.array(values, dtype="float32") for values in case["x"]]
    y = model(x if len(x) > 1 else x[0], training=False)
    y = y if isinstance(y, (list, tuple)) else [y]
    result = {"y": [np.asarray(tensor).ravel().tolist() for tensor in y], "classes": classes(model)}
    if case.get("save") is not None:
        model.save(case["save"])
    results.append(result)
print(json.dumps({"keras": keras.__version__, "backend": keras.backend.backend(), "results": results}))
