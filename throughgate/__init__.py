"""One record that moves with the person, from arrest to recovery."""
