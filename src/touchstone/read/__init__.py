"""Files → documents → facts."""
