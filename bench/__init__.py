"""What takes longer than a test may: measuring, breaking, fuzzing, and what spector is made of; run with ``make``."""
