"""Số liệu: the indices, the heat map of steps and weeks, and where the time of the steps goes."""
