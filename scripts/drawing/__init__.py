"""Draws the good and bad picture of every inspection point: flat, no words, one difference a pair."""
