"""An inventory: what units did in a month, by the methods that hold for them, line by line, and the views of it."""
