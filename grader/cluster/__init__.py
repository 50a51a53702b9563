"""Grades on other machines: a Dask cluster whose workers keep a zygote each. Needs the extra ``cluster``."""
