"""Preparation of Chinese statistics: months out of cumulative figures, January and February apart, levels out of growth."""
