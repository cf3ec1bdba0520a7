"""Formulas of methods as expression trees: computed, differentiated, written with numbers, drawn, and put into SQL."""
