"""Serving one installation: one supervisor, the web server and the job workers in one process group."""
