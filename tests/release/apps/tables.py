"""Draws arrays and tables, and has some that are too large to be draws."""

import numpy as np
import pandas as pd

import adapter as gr

array = np.random.default_rng().integers(0, 10**9, 4)
the_same_array = array
table = pd.DataFrame({"n": np.random.permutation(1000)}).sample(frac=1)
large = np.random.default_rng().random(1_000_000)
generator = np.random.default_rng()

with gr.Blocks() as demo:
    gr.Dataframe(table.head(), label="frame")
    gr.State(table)
    gr.State(array)

handler = gr.handler(demo)


def told() -> dict[str, object]:
    """Return what this process has."""
    return {
        "array": array.tolist(),
        "same": array is the_same_array,
        "table": table.to_json(),
        "shown": [one["props"] for one in demo.get_config_file()["components"]],
        "states": [repr(state.variable.initial()) for state in demo.states],
        "own large": float(large[0]),
        "own generator": int(generator.integers(10**9)),
    }
