"""Import and export: files that people bring, read row by row, and files that they take away."""
