"""Mangum and FastAPI without anything of ours: one route that gives back what it got."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from mangum import Mangum

app = FastAPI()


@app.post("/gradio_api/run/predict")
async def echo(body: dict[str, Any]) -> dict[str, Any]:
    """Give back the data."""
    return {"data": body["data"]}


handler = Mangum(app, lifespan="off")
