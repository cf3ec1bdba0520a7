"""The weekly bulletin: tables, sentences, outlook and charts worked out from the quotes of a week."""
