"""PDF pages in and out."""
