"""Pathways to look at: drawings, tables, the scenario report, and results for exchange."""
