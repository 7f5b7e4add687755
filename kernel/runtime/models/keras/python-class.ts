/** The Python class that is written beside a model exported as 'custom'. */

export const MARK = '# Written by Patchbay: the masked layer of its exported models.';

export const CUSTOM_CONNECTED = `${MARK}
"""A dense layer in which only the connections of a 0/1 matrix exist, for Keras 3.

Import this module before keras.saving.load_model: it registers the class under the name in the file.
"""

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="Custom", name="CustomConnected")
class CustomConnected(keras.layers.Dense):
    """output = activation(dot(x, kernel * connections) + bias * bias_mask)

    connections: 0/1 matrix [inputs, units]; row i, column j says whether input i reaches unit j.
    bias_mask: 0/1 vector [units], or None for a bias everywhere.
    """

    def __init__(self, units, connections, bias_mask=None, **kwargs):
        super().__init__(units, **kwargs)
        self._connections = np.array(connections, dtype="float32")
        self._bias_mask = None if bias_mask is None else np.array(bias_mask, dtype="float32")
        if self._connections.ndim != 2 or self._connections.shape[1] != units:
            raise ValueError(f"connections has shape {self._connections.shape}, expected [inputs, units = {units}]")

    def build(self, input_shape):
        if input_shape[-1] != self._connections.shape[0]:
            raise ValueError(f"connections has {self._connections.shape[0]} rows, but {self.name} has {input_shape[-1]} inputs")
        super().build(input_shape)

    def call(self, inputs, training=None):
        kernel = ops.multiply(self.kernel, ops.cast(self._connections, self.kernel.dtype))
        outputs = ops.matmul(inputs, kernel)
        if self.bias is not None:
            bias = self.bias
            if self._bias_mask is not None:
                bias = ops.multiply(bias, ops.cast(self._bias_mask, bias.dtype))
            outputs = ops.add(outputs, bias)
        return outputs if self.activation is None else self.activation(outputs)

    def get_config(self):
        return {
            **super().get_config(),
            "connections": self._connections.astype(int).tolist(),
            "bias_mask": None if self._bias_mask is None else self._bias_mask.astype(int).tolist(),
        }
`;
