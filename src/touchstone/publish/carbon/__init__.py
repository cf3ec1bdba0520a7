"""Papers of carbon: templates that enterprises fill in."""
