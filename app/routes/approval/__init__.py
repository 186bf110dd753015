"""授权: what the customer is shown, decides and signs."""
