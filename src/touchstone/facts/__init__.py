"""What is known: facts, their periods and units, the vocabulary, and the ledger that keeps them."""
