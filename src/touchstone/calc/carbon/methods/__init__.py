"""Methods of accounting as files: read and checked, found by product and day, compared by edition."""
