"""Results in the formats that others read."""
