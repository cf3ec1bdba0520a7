"""Sources of series: what is declared about one, and its tables → facts."""
