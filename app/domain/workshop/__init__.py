"""车间: what is found and done under the car."""
