"""Carbon accounting: activity data and cited factors become an inventory, by methods that are data."""
