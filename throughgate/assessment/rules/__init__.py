"""The pure rules of assessment: what may be kept, asked again, prefilled and added up."""
