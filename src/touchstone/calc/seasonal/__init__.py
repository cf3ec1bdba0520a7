"""Seasonal adjustment: effects of the Chinese calendar, X-13ARIMA-SEATS, stored models, and a stated fallback."""
