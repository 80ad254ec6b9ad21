"""What is wanted, but does not look so: one kind of it a file."""
