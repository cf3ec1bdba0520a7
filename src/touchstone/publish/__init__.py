"""Facts and findings written down: numbers, charts, briefings, labels, exports."""
