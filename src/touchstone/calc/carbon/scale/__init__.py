"""Inventories of thousands of enterprises: sums that are the same on every run, kept up to date, with their uncertainty."""
