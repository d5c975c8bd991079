"""Treatment: what each provider says about somebody's treatment and medicines."""
