"""Tests that run before a price is published: one file for each error that agencies have had to correct."""
