"""What looks wanted, but is not: one kind of stray ink a file."""
