"""One function for each kind of state; a step of 0 changes no session."""

from __future__ import annotations

import os

import adapter as gr

sum_of_all: gr.GlobalState[list[int]] = gr.GlobalState([0], name="sum")


def stateless(step: int) -> int:
    return step


def session(step: int, total: int) -> tuple[int, int]:
    return total + step, total + step


def read_shared(step: int) -> int:
    return int(sum_of_all[0]) + step


def shared(step: int) -> int:
    sum_of_all[0] += step
    return int(sum_of_all[0])


def both(step: int, total: int) -> tuple[int, int]:
    return shared(step), total + step


def large(step: int, kept: bytes) -> tuple[int, bytes]:
    number = int.from_bytes(kept[:8], "big") + step
    return number, number.to_bytes(8, "big") + kept[8:]


with gr.Blocks() as demo:
    step = gr.Number(precision=0)
    shown = gr.Number()
    button = gr.Button()
    total = gr.State(0)
    kept = gr.State(lambda: bytes(8) + os.urandom(200_000))  # random bytes do not shrink: over what is kept inline

    button.click(stateless, step, shown, api_name="stateless")
    button.click(session, [step, total], [shown, total], api_name="session")
    button.click(session, [step, total], [shown, total], api_name="leased", concurrency="lease")
    button.click(read_shared, step, shown, api_name="read_shared")
    button.click(shared, step, shown, api_name="shared")
    button.click(both, [step, total], [shown, total], api_name="both")
    button.click(large, [step, kept], [shown, kept], api_name="large")
