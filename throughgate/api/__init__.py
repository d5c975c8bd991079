"""What programs of other organisations ask: a token becomes a hat, a permit, a query."""
