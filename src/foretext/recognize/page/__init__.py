"""What an engine makes of a page, set right: missed lines, torn ones, leaders, cells, tables."""
