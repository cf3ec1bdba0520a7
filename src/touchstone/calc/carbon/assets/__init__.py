"""Carbon assets: what is allocated by which rule, what is due when, what a position is worth. Nothing here keeps anything."""
