"""What the technicians' phones ask."""
