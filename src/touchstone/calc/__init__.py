"""Facts become facts: prices and their changes, linkage between prices. Imports only facts."""
