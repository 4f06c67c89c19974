"""Many cases at once: builds a lake of them, takes one out again, and answers across all.

A lake is a folder of Parquet that any engine can read, and one file, ``manifest.json``, that says which of it counts.
"""
