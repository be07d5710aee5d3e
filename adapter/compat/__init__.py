"""Gradio's names: what is not here, where its modules are, and what earlier versions said otherwise."""
