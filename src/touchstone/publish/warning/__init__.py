"""Early warning on pages and papers: what lights, turns and cards say, and the weekly bulletin."""
