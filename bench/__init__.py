"""What the product costs: ratios against a bare route of the same stack, measured beside it in one run."""
