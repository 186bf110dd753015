"""接待: who arrives, with which car, and what was agreed at the desk."""
