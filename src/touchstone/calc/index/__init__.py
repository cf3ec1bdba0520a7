"""A business-conditions index from many indicators: level, band, drivers, turning points, forecast, vintages."""
