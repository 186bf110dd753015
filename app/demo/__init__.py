"""A working week in the shop, made by calling the verbs."""
