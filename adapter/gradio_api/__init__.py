"""Gradio's wire format, without any I/O."""
