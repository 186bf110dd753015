"""What stands on each paper: rows and frozen content made ready for its template."""
