"""Connectors: sources that are fetched, each by an optional library."""
