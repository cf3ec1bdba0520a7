"""Touchstone: reads the figures of an industry's documents and tests them against each other."""
