"""Mingdan 明单: the clear order, for the after-sales department of a dealership."""
