"""Activity data of carbon: the templates and tables that enterprises fill in → facts."""
