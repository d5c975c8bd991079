"""What `./tg bench` measures, how, and with which invented people."""
