"""The command line: what may be typed, what it asks, and how it ends."""
