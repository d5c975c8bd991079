"""What every page is made of: the frame, the macros and the shapes they draw."""
