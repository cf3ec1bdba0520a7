"""Quality of activity data: declared checks, what they find, and the score of an enterprise."""
