"""What scenes say: random strings, words, and running text, all written for this project."""
