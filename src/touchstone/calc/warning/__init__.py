"""Early warning: rules on supply, demand and price, the lights they set, and the cards that say how far to trust them."""
