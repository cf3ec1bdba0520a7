"""The watch over operations: which releases are due, the balance of a material, and its roll-up through the frequencies."""
