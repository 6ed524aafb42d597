"""All that is checked by running the program."""

import os

# Before NumPy is there. Two processes test on two cores; where each computes with two threads, these wait for one
# another without resting, and least squares takes six times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
