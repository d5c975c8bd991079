"""What the commands that touch the record do, once Django is set up."""
