"""Made-up data of any size, the same for the same seed: what speed is measured on.

Everything is a sample and says so; no organisation, person or number in it is real.
"""
