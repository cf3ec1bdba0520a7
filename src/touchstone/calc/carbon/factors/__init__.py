"""The factor library: cited values, found by words and by context, with the reason for every choice."""
