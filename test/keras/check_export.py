"""Loads exported models in Keras and prints what they give: lines of JSON in, one line of JSON out.

Each case: {"file", "x": rows or a list of inputs, "python": folder of custom_connected.py or null}
"""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402

results = []
for case in json.load(sys.stdin):
    if case["python"] is not None:
        sys.path.insert(0, case["python"])
        import custom_connected  # noqa: F401
    model = keras.saving.load_model(case["file"], compile=False)
    y = np.asarray(model(np.array(case["x"], dtype="float32"), training=False))
    result = {"y": y.ravel().tolist(), "classes": [type(layer).__name__ for layer in model.layers]}
    if case.get("save") is not None:
        model.save(case["save"])
    results.append(result)
print(json.dumps({"keras": keras.__version__, "backend": keras.backend.backend(), "results": results}))
