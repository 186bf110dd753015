"""The pages a customer opens by link, without an account."""
