"""Saves models with the real Keras, as its users write them, and what they give for some input.

Arguments: the folder to write to; the package: keras (Keras 3), or tf_keras (Keras 2); and "trained" for the models that
were trained, for which Keras 3 needs a backend that derives, and is slow to start.
For each model NAME it writes NAME.keras and NAME.h5, and one models.json with inputs and outputs of all.
"""

import importlib
import json
import logging
import os
import sys
import warnings

TRAINED = "trained" in sys.argv
os.environ.setdefault("KERAS_BACKEND", "jax" if TRAINED else "numpy")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402

folder, package = sys.argv[1:3]
logging.disable(logging.WARNING)
keras = importlib.import_module(package)
OLD = package == "tf_keras"
if OLD:
    import tensorflow as tf

    multiply, matmul, add = tf.multiply, tf.matmul, tf.add
    cast = tf.cast
else:
    multiply, matmul, add, cast = keras.ops.multiply, keras.ops.matmul, keras.ops.add, keras.ops.cast
layers = keras.layers
random = np.random.default_rng(7)


class CustomConnected(layers.Dense):
    """The layer of the saved fixtures; CLASSES below registers it under other names."""

    as_arrays = False

    def __init__(self, units, connections, bias_mask=None, **kwargs):
        super().__init__(units, **kwargs)
        self._connections = np.asarray(connections)
        self._bias_mask = None if bias_mask is None else np.asarray(bias_mask)

    def call(self, inputs, training=None):
        output = matmul(inputs, multiply(self.kernel, cast(self._connections, self.kernel.dtype)))
        if self.use_bias:
            bias = self.bias if self._bias_mask is None else multiply(self.bias, cast(self._bias_mask, self.bias.dtype))
            output = add(output, bias)
        return output if self.activation is None else self.activation(output)

    def get_config(self):
        def plain(mask):
            return mask if mask is None or self.as_arrays else mask.astype(int).tolist()

        return {**super().get_config(), "connections": plain(self._connections), "bias_mask": plain(self._bias_mask)}


class OfArrays(CustomConnected):
    """Its configuration holds NumPy arrays, which Keras 3 wraps."""

    as_arrays = True


OfArrays.__name__ = "CustomConnected"
keras.utils.register_keras_serializable("Custom", "CustomConnected")(CustomConnected)


def masked(inputs, units, *, bias_mask=False, cls=CustomConnected, density=0.5, **config):
    connections = (random.random((inputs, units)) < density).astype(int)
    mask = random.integers(0, 2, units) if bias_mask else None
    return cls(units, connections, mask, **{"bias_initializer": "random_normal", **config})


def sequential(*parts, shape, name=None):
    return keras.Sequential([keras.Input(shape), *parts], name=name)


def stack(count):
    sizes = random.integers(1, 7, count + 1)
    kinds = ["relu", "tanh", None, "softplus", "sigmoid"]
    return sequential(
        *(masked(int(n), int(m), bias_mask=k % 2 == 0, activation=kinds[k % 5], use_bias=k % 3 != 2) for k, (n, m) in enumerate(zip(sizes, sizes[1:], strict=False))),
        shape=(int(sizes[0]),),
    )


def images():
    return sequential(
        layers.Conv2D(4, 3, padding="same", activation="relu", kernel_regularizer=keras.regularizers.L1(1e-3)),
        layers.BatchNormalization(momentum=0.5, gamma_initializer="random_normal", moving_mean_initializer="random_normal"),
        layers.MaxPooling2D(2),
        layers.Conv2D(3, (2, 1), strides=(1, 2), use_bias=False),
        layers.Activation("elu"),
        layers.Dropout(0.25, seed=3),
        layers.Flatten(),
        masked(12, 3, activation="softmax"),
        shape=(6, 6, 2),
    )


def more_images():
    return sequential(
        layers.Conv2DTranspose(3, 2, strides=2, activation="tanh"),
        layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same"),
        layers.Cropping2D(((1, 0), (0, 2))),
        layers.SeparableConv2D(4, 2, strides=2, bias_initializer="ones"),
        layers.AveragePooling2D(2, strides=1, padding="same"),
        layers.ZeroPadding2D(1),
        layers.UpSampling2D(2),
        layers.GlobalAveragePooling2D(),
        layers.RepeatVector(3),
        layers.Permute((2, 1)),
        layers.Conv1D(2, 2, dilation_rate=2),
        layers.Reshape((2, -1)),
        layers.MaxPooling1D(2),
        layers.GlobalMaxPooling1D(),
        masked(2, 2),
        shape=(4, 5, 2),
    )


def settings():
    """Everything a Dense layer can be told."""
    i, r, c = keras.initializers, keras.regularizers, keras.constraints
    return sequential(
        masked(4, 5, kernel_initializer=i.HeNormal(seed=1), kernel_regularizer=r.L1L2(1e-3, 1e-4), bias_regularizer=r.L2(1e-2), kernel_constraint=c.MaxNorm(2.0, axis=0)),
        masked(5, 4, kernel_initializer=i.TruncatedNormal(0.0, 0.3), kernel_constraint=c.NonNeg(), bias_constraint=c.UnitNorm(), kernel_regularizer="l2"),
        layers.Dense(4, kernel_initializer=i.Orthogonal(), kernel_constraint=c.MinMaxNorm(0.1, 0.9, rate=0.5), bias_initializer=i.Constant(0.25)),
        layers.Dense(4, kernel_initializer=i.LecunUniform(), activity_regularizer=r.L2(1e-3), trainable=False),
        masked(4, 4, kernel_initializer=i.VarianceScaling(2.0, "fan_out", "uniform"), activity_regularizer=r.L1(1e-3), trainable=False),
        layers.BatchNormalization(center=False, scale=False, moving_variance_initializer="ones"),
        layers.LayerNormalization(epsilon=1e-2),
        shape=(4,),
    )


def graph():
    """Two inputs and two outputs, a layer used twice, branches that meet."""
    a, b = keras.Input((4,), name="first"), keras.Input((4,), name="second")
    shared = masked(4, 3, name="shared", bias_mask=True)
    left, right = shared(a), shared(b)
    far = masked(3, 3, activation="relu")(left)
    total = layers.Add()([far, right])
    joined = layers.Concatenate()([total, layers.Multiply()([left, right]), left])
    return keras.Model([a, b], [masked(9, 2, name="out")(joined), layers.Dense(1, activation="sigmoid")(total)], name="two_ends")


def nested():
    """A functional model around a Sequential, which is around another functional one, each with weights that are not trained."""
    x = keras.Input((4,))
    core = keras.Model(x, layers.BatchNormalization(beta_initializer="random_normal", moving_mean_initializer="random_normal")(masked(4, 3)(x)), name="core")
    block = keras.Sequential([keras.Input((4,)), core, masked(3, 4, activation="tanh"), layers.BatchNormalization(moving_mean_initializer="random_normal")], name="block")
    y = keras.Input((4,))
    return keras.Model(y, masked(4, 2, name="end")(layers.Add()([block(y), block(layers.Dense(4)(y))])), name="nested")


def frozen():
    block = sequential(masked(3, 3), layers.BatchNormalization(moving_mean_initializer="random_normal"), layers.Dense(2, bias_initializer="ones"), shape=(3,), name="block")
    block.layers[0].trainable = False
    return sequential(block, layers.Dense(2), shape=(3,))


def nested_sequential():
    inner = sequential(masked(3, 4, activation="tanh"), layers.Dense(2), shape=(3,), name="inner")
    return sequential(layers.Dense(3), inner, layers.Dense(1), shape=(5,), name="outer")


def built_later():
    model = keras.Sequential([masked(5, 4, activation="relu"), layers.Dense(2)])
    model.build((None, 5))
    return model


def by_shape():
    return keras.Sequential([masked(5, 4, activation="relu", input_shape=(5,)), layers.Dense(2)])


def trained(optimizer):
    model = stack(2)
    n, m = model.input_shape[-1], model.output_shape[-1]
    model.compile(optimizer=optimizer, loss="mean_squared_error", metrics=["mae"])
    model.fit(random.standard_normal((20, n)).astype("float32"), random.standard_normal((20, m)).astype("float32"), epochs=2, verbose=0)
    return model


def typed(dtype):
    return sequential(masked(4, 3, dtype=dtype, activation="tanh"), layers.Dense(2, dtype=dtype), shape=(4,))


def activation(name):
    return sequential(masked(4, 5, activation=name), layers.Activation(name), shape=(4,))


COMMON = ["relu", "relu6", "elu", "selu", "sigmoid", "hard_sigmoid", "softplus", "softsign", "tanh", "softmax", "gelu", "exponential", "linear", "swish", "silu", "mish", "leaky_relu", "log_softmax"]
NEWER = ["hard_silu", "hard_swish", "celu", "log_sigmoid", "hard_tanh", "tanh_shrink", "soft_shrink", "hard_shrink", "squareplus", "sparse_plus", "sparse_sigmoid"]

MODELS = {
    **{f"stack-{count}": (lambda count=count: stack(count)) for count in (1, 2, 4, 12)},
    "images": images,
    "more-images": more_images,
    "settings": settings,
    "graph": graph,
    "nested": nested,
    "frozen": frozen,
    "nested-sequential": nested_sequential,
    "built-later": built_later,
    "by-shape": by_shape,
    "sequence": lambda: sequential(masked(3, 4, activation="tanh"), layers.Flatten(), layers.Dense(2), shape=(5, 3)),
    "nothing-connected": lambda: sequential(masked(3, 2, density=0), masked(2, 2, density=0, use_bias=False), shape=(3,)),
    "odd names": lambda: sequential(masked(3, 2, name="slanted.layer" if OLD else "schräg und.quer"), layers.Dense(2, name="0"), layers.Dense(2, name="weight_names"), shape=(3,), name="a_net" if OLD else "ein Netz"),
    "leaky": lambda: sequential(masked(3, 4), layers.LeakyReLU(), masked(4, 3), layers.ELU(), layers.PReLU(alpha_initializer="random_normal"), layers.ReLU(max_value=1.0), layers.Softmax(), shape=(3,)),
    **{f"type-{dtype}": (lambda dtype=dtype: typed(dtype)) for dtype in ("float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16") if not (OLD and dtype == "bfloat16")},
    **{f"activation-{name}": (lambda name=name: activation(name)) for name in COMMON + ([] if OLD else NEWER) if not (OLD and name in ("leaky_relu", "log_softmax", "silu"))},
}
if not OLD:
    MODELS["arrays"] = lambda: sequential(masked(4, 3, cls=OfArrays, bias_mask=True), masked(3, 3, cls=OfArrays), shape=(4,))
    MODELS["named-ends"] = lambda: (lambda a, b: keras.Model({"a": a, "b": b}, {"y": masked(2, 2)(a), "z": masked(3, 1)(b)}))(keras.Input((2,), name="a"), keras.Input((3,), name="b"))

if TRAINED:
    MODELS = {f"trained-{name}": (lambda name=name: trained(name)) for name in ("sgd", "adam", "rmsprop")}


def values(tensor):
    return np.asarray(tensor).astype("float64")


def layers_of(model):
    """The masked layers, those of models inside too, in order."""
    for layer in model.layers:
        if isinstance(layer, CustomConnected):
            yield layer
        elif hasattr(layer, "layers"):
            yield from layers_of(layer)


def described(layer):
    kernel, *bias = layer.get_weights()
    shown = {"name": layer.name, "connections": layer._connections.tolist(), "biasMask": None if layer._bias_mask is None else layer._bias_mask.tolist()}
    return {**shown, "kernel": (kernel * layer._connections).tolist(), "bias": bias[0].tolist() if bias else None}


results = []
for name, build in MODELS.items():
    keras.utils.set_random_seed(len(name))
    keras.backend.clear_session()
    model = build()
    x = [random.standard_normal((5, *tensor.shape[1:])).astype("float32") for tensor in model.inputs]
    ends = getattr(model, "_inputs_struct", None)
    fed = dict(zip(ends, x, strict=True)) if isinstance(ends, dict) else x if len(x) > 1 else x[0]
    y = model(fed, training=False)
    y = list(y.values()) if isinstance(y, dict) else y if isinstance(y, (list, tuple)) else [y]
    for kind in ("keras", "h5"):
        model.save(os.path.join(folder, f"{name}.{kind}"))
    results.append({"name": name, "x": [t.tolist() for t in x], "y": [values(t).tolist() for t in y], "masked": [described(layer) for layer in layers_of(model)]})
with open(os.path.join(folder, "models.json"), "w") as file:
    json.dump({"version": keras.__version__, "models": results}, file)
