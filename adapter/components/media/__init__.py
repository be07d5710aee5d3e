"""Images, audio and video between the wire, files and what functions work on."""
