"""What settles a reading afterwards: ink, typeface and words know what an engine can not."""
