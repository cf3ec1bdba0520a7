"""Linkage of prices as pictures, tables and a weekly paper."""
