"""How prices move each other: which leads, what passes through, when they start moving together."""
