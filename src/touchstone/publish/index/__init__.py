"""The index on paper and screen: its drawings and its monthly note."""
