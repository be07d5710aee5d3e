"""What the adapter costs, as ratios to bare handlers measured in the same run; ``python -m benchmarks``."""
