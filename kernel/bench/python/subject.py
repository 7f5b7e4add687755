"""A subject of Patchbay's bench in Python: `subject.py keras|torch`.

Requests come as lines of JSON on standard input, answers go as lines to standard output (kernel/bench/specification.ts says
what is in them). With `--cold net` it does one step and ends. Masked layers are what one writes in these libraries: dense
weights times a matrix of zeros and ones, in float32, on one thread.
"""
import json
import math
import os
import statistics
import sys
import time

SEED = 7
RATE = {"adam": 1e-3, "sgd": 1e-2}
# Numbers in memory for the rows of a fit; steps of a fit; milliseconds that are enough for one.
MOST_NUMBERS = 4_000_000
MOST_STEPS = 10_000
# More than for tfjs: `fit` of Keras takes long to begin.
ENOUGH = 1000.0
GROWTH = 8


class Missing(Exception):
    """What was asked for cannot be done with this library."""


def mask_of(numpy, inputs, outputs, density, seed):
    """Zeros and ones, float32: exactly round(density * inputs * outputs) of them ones, at random."""
    random = numpy.random.default_rng(seed)
    mask = numpy.zeros(inputs * outputs, "float32")
    mask[random.choice(mask.size, round(density * mask.size), replace=False)] = 1
    return mask.reshape(inputs, outputs)


def rows_of(numpy, net, steps):
    """Inputs and targets for so many steps."""
    random = numpy.random.default_rng(SEED)
    count, outputs = net["batch"] * steps, net["sizes"][-1]
    x = random.normal(size=(count, net["sizes"][0])).astype("float32")
    if net["loss"] == "mse":
        return x, random.normal(size=(count, outputs)).astype("float32")
    return x, numpy.eye(outputs, dtype="float32")[(numpy.arange(count) * 7) % outputs]


def repeated(run, milliseconds):
    """The median of runs that take about so long, at least one."""
    times = []
    end = time.perf_counter() + milliseconds / 1e3
    start = time.perf_counter()
    while not times or start < end:
        run()
        stop = time.perf_counter()
        times.append((stop - start) * 1e3)
        start = stop
    return statistics.median_low(times)


def check(loss):
    if not math.isfinite(loss):
        raise RuntimeError(f"the loss is {loss}: what was measured is no training")


class Keras:
    """`fit` of Keras 3, on the backend that KERAS_BACKEND names, else the first one that is installed."""

    def __init__(self):
        self.choose_backend()
        import keras
        import numpy

        self.keras, self.numpy = keras, numpy

    @staticmethod
    def choose_backend():
        if "KERAS_BACKEND" in os.environ:
            return
        import importlib.util

        for name, module in (("tensorflow", "tensorflow"), ("jax", "jax"), ("torch", "torch")):
            if importlib.util.find_spec(module):
                os.environ["KERAS_BACKEND"] = name
                return

    def describe(self):
        name = self.keras.backend.backend()
        module = __import__(name)
        return f"Keras {self.keras.__version__} on {name} {module.__version__}, Python {sys.version.split()[0]}"

    def model(self, net):
        keras, numpy = self.keras, self.numpy

        class MaskedDense(keras.layers.Dense):
            def __init__(self, units, mask, **options):
                super().__init__(units, **options)
                self.mask = mask

            def call(self, inputs):
                sums = keras.ops.matmul(inputs, self.kernel * self.mask) + self.bias
                return sums if self.activation is None else self.activation(sums)

        sizes = net["sizes"]
        model = keras.Sequential([keras.Input((sizes[0],))])
        for k, density in enumerate(net["densities"]):
            last = k + 2 == len(sizes)
            activation = ("linear" if net["loss"] == "mse" else "softmax") if last else "relu"
            if density == 1:
                model.add(keras.layers.Dense(sizes[k + 1], activation=activation))
            else:
                mask = mask_of(numpy, sizes[k], sizes[k + 1], density, SEED + k)
                model.add(MaskedDense(sizes[k + 1], mask, activation=activation))
        optimizer = keras.optimizers.Adam if net["optimizer"] == "adam" else keras.optimizers.SGD
        loss = "mse" if net["loss"] == "mse" else "categorical_crossentropy"
        model.compile(optimizer=optimizer(learning_rate=RATE[net["optimizer"]]), loss=loss)
        return model

    def prepare(self, work):
        if work["kind"] != "step":
            raise Missing(f"Keras is not measured in {work['kind']}")
        return Fit(self, work["net"])

    def one_step(self, net):
        x, y = rows_of(self.numpy, net, 1)
        self.model(net).fit(x, y, batch_size=net["batch"], epochs=1, verbose=0, shuffle=False)


class Fit:
    """Steps of `fit`: as many as fill the time."""

    note = "fit, dense weights times a mask"

    def __init__(self, library, net):
        self.numpy, self.net, self.model = library.numpy, net, library.model(net)
        self.rows = self.epochs = 0
        self.take(1)
        self.run()
        # As in kernel/bench/subject/training.ts: until steps, and not the start of a fit, are what is measured.
        self.least, took = 1, self.run()
        while took < ENOUGH and self.least < MOST_STEPS:
            more = min(MOST_STEPS, self.least * GROWTH)
            self.take(more)
            longer = self.run()
            grew = longer > 3 * took
            self.least, took = more, longer
            if grew:
                break
        self.per_step = took / self.least

    def take(self, steps):
        """At least so many steps: rows that fit into memory, repeated by epochs."""
        room = max(1, MOST_NUMBERS // (self.net["batch"] * (self.net["sizes"][0] + self.net["sizes"][-1])))
        self.epochs = math.ceil(min(steps, MOST_STEPS) / room)
        rows = math.ceil(min(steps, MOST_STEPS) / self.epochs)
        if rows != self.rows:
            self.rows = rows
            self.x, self.y = rows_of(self.numpy, self.net, rows)

    def run(self):
        """Milliseconds of all steps."""
        start = time.perf_counter()
        history = self.model.fit(self.x, self.y, batch_size=self.net["batch"], epochs=self.epochs, verbose=0, shuffle=False)
        took = (time.perf_counter() - start) * 1e3
        check(history.history["loss"][-1])
        return took

    def burst(self, milliseconds):
        wanted, now = max(self.least, round(milliseconds / self.per_step)), self.rows * self.epochs
        if wanted > 2 * now or 2 * wanted < now:
            self.take(wanted)
        self.per_step = self.run() / (self.rows * self.epochs)
        return self.per_step


class Repeated:
    def __init__(self, run, note):
        self.run, self.note = run, note
        for _ in range(3):
            run()

    def burst(self, milliseconds):
        return repeated(self.run, milliseconds)


class Torch:
    """Eager PyTorch."""

    def __init__(self):
        import numpy
        import torch

        torch.set_num_threads(1)
        self.numpy, self.torch = numpy, torch

    def describe(self):
        return f"PyTorch {self.torch.__version__}, Python {sys.version.split()[0]}"

    def step(self, net, how):
        torch, functional = self.torch, self.torch.nn.functional

        class MaskedLinear(torch.nn.Linear):
            def __init__(self, inputs, outputs, mask):
                super().__init__(inputs, outputs)
                self.register_buffer("mask", mask)

            def forward(self, x):
                return functional.linear(x, self.weight * self.mask, self.bias)

        torch.manual_seed(SEED)
        sizes, layers = net["sizes"], []
        for k, density in enumerate(net["densities"]):
            inputs, outputs = sizes[k], sizes[k + 1]
            if density == 1:
                layers.append(torch.nn.Linear(inputs, outputs))
            else:
                mask = mask_of(self.numpy, inputs, outputs, density, SEED + k)
                layers.append(MaskedLinear(inputs, outputs, torch.from_numpy(mask.T.copy())))
            if k + 2 < len(sizes):
                layers.append(torch.nn.ReLU())
        model = torch.nn.Sequential(*layers)
        if net["optimizer"] == "adam":
            optimizer = torch.optim.Adam(model.parameters(), lr=RATE["adam"], fused=how == "fused")
        else:
            optimizer = torch.optim.SGD(model.parameters(), lr=RATE["sgd"])
        criterion = torch.nn.MSELoss() if net["loss"] == "mse" else torch.nn.CrossEntropyLoss()
        x, y = (torch.from_numpy(values) for values in rows_of(self.numpy, net, 1))

        def run():
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            check(loss.item())

        return run

    def product(self, layer, how):
        if layer["part"] != "forward" or how != "csr":
            raise Missing(f"PyTorch's sparse product is measured forward, not in {layer['part']}")
        import warnings

        warnings.filterwarnings("ignore")
        torch, n = self.torch, layer["n"]
        mask = mask_of(self.numpy, n, n, layer["density"], SEED)
        weights = torch.from_numpy((mask * 0.01).T.copy()).to_sparse_csr()
        x = torch.ones(n, layer["batch"])
        bias = torch.zeros(n, 1)

        def run():
            with torch.no_grad():
                torch.sparse.mm(weights, x) + bias

        return run

    def prepare(self, work):
        how = work.get("how")
        if work["kind"] == "step":
            return Repeated(self.step(work["net"], how), "eager, dense weights times a mask")
        if work["kind"] == "layer":
            return Repeated(self.product(work["layer"], how), "torch.sparse.mm, weights in CSR")
        raise Missing(f"PyTorch is not measured in {work['kind']}")

    def one_step(self, net):
        self.step(net, None)()


LIBRARIES = {"keras": Keras, "torch": Torch}


def answers(library, contenders, request):
    operation, name = request["operation"], request.get("name")
    if operation == "describe":
        return {"what": library.describe()}
    if operation == "prepare":
        contenders[name] = library.prepare(request["work"])
        return {"note": contenders[name].note}
    if operation == "burst":
        return {"milliseconds": contenders[name].burst(request["milliseconds"])}
    if operation == "release":
        contenders.pop(name, None)
        return {}
    raise Missing(f"there is no operation {operation}")


def serve(make):
    library, contenders = None, {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            library = library or make()
            body = answers(library, contenders, request)
        except Exception as error:  # Whatever a library throws is the answer.
            body = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **body}, separators=(",", ":")), flush=True)


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in LIBRARIES:
        sys.exit(f"usage: subject.py {'|'.join(LIBRARIES)} [--cold net]")
    make = LIBRARIES[sys.argv[1]]
    if len(sys.argv) == 4 and sys.argv[2] == "--cold":
        make().one_step(json.loads(sys.argv[3]))
        # Without the libraries' long farewells.
        os._exit(0)
    serve(make)


main()
