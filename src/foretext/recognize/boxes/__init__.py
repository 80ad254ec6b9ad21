"""Where each character stands, from the ink itself."""
