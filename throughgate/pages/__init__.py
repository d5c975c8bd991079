"""Server-rendered pages, one package a journey."""
